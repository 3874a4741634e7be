"""What people call an agent, and the one name each has."""

import pytest

from rollertrack.domain.policy import AGENT_NAMES, agent_name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("isopropanol", "alcohol"), ("Isopropyl", "alcohol"), ("IPA", "alcohol"), ("ethanol", "alcohol"),
        ("Isopropyl  Alcohol", "alcohol"), ("2-propanol", "alcohol"), ("rubbing alcohol", "alcohol"),
        ("hydrogen peroxide", "peroxide"), ("H2O2", "peroxide"), ("H₂O₂", "peroxide"),
        ("Barbicide", "quat"), ("benzalkonium chloride", "quat"), ("sodium hypochlorite", "bleach"),
        ("glutaral", "glutaraldehyde"), ("ortho-phthalaldehyde", "opa"), ("o-phthalaldehyde", "opa"),
        ("Cidex OPA", "opa"), ("peroxide hld", "peroxide-hld"), ("steam", "autoclave"), ("UV-C", "uv"),
        # Sold as more than one agent, or no agent at all: never guessed.
        ("cidex", "cidex"), ("methanol", "methanol"), ("Vodka", "vodka"), ("spirit", "spirit"), ("", ""),
        ("oxygen bleach", "oxygen bleach"), ("alcohol-free", "alcohol-free"),
    ],
)  # fmt: skip
def test_what_people_call_an_agent(said: str, name: str) -> None:
    assert agent_name(said) == name


def test_every_agent_of_the_policy_keeps_its_name() -> None:
    for name in AGENT_NAMES:
        assert agent_name(name) == agent_name(f" {name.upper()} ") == name
