"""What the tests share: stations, apps, terminals, printers and decoders that stand in for the world.

Stations and databases
    stations            a station on a database of its own, with a clock that tests move
    store_rows          a small database with every kind of record, and the hands of an outsider in it
    station_worker, print_worker, ready_workers
                        the same in processes of their own, that begin when told to
    command_calls       commands, here or in a process of their own, on a database that has seen some life
    forked, fork_host   processes of the program, forked from one that has loaded it
Rules
    histories, gate     what happened to a roller, told shortly or at random; what the gate says of it
    event_rows          one event of every kind, and the rows that every version since 0.1 wrote for it
Apps
    house_app           the whole app on a household, and hands that wait until it is idle (idle)
    printing_app        the same with printers
    pictures            an app as a picture at several sizes, compared with what was accepted
    form_app, form_pilot  one form on a station, and what a hand does to it
    scan_app, table_app, roller_rows, hostile_app  single widgets
    terminals           a program on a terminal of its own (run_app, run_faulty_app), seen from the other end
Labels
    print_house, label_printers  stations with printers; printers as sockets that behave as printers do
    label_strategies    random facts, and every paper they may be printed on
    escpos_decoder, label_languages, pdf_reader  what was printed, read back by readers of our own
    keyboard_layouts    what a scanner types on other keyboards
"""
