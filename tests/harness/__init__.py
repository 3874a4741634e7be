"""What the tests share: stations, terminals, printers and decoders that stand in for the world."""
