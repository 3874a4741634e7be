"""The rules in force, each with its source; one is picked, and its value changed in a form."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from textwrap import wrap
from typing import ClassVar

from rich.text import Text as RichText
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from rollertrack.domain.policy import AGENT_NAMES, PROFILE_KEY, PROFILES, ROLES, Setting, checked_setting
from rollertrack.domain.policy_table import section, with_unit
from rollertrack.services import policies
from rollertrack.services.station import Done
from rollertrack.tui.forms.fields import Choice, Field, Pick, Said, Text
from rollertrack.tui.forms.form import Form, FormSpec, Preview
from rollertrack.tui.station_app import StationApp
from rollertrack.tui.styled_once import StyledOnce
from rollertrack.tui.widgets.roller_columns import padded
from rollertrack.tui.widgets.words import Words
from rollertrack.wording import previews
from rollertrack.wording.sentences import capitalised

_FEW = 4
_VALUE = 12
_TITLE, _LONG_TITLE = 42, 63
_WIDE = 100
_CHOICES = {"yes/no": ("yes", "no"), "role": ROLES, "agent": AGENT_NAMES, "home/clinic": PROFILES}
_NOTICE = "notice."


@dataclass
class Rules:
    """One look at the rules; `at` is the key the list opens on."""

    at: str = PROFILE_KEY

    async def change(self, app: StationApp) -> Done | None:
        """Show the rules until one is changed; None when the user leaves."""
        while True:
            settings = await app.backend.run(policies.show_policy)
            picked = await app.push_screen_wait(RuleList(settings, self.at))
            if picked is None:
                return None
            self.at = picked.key
            if done := await _change(app, picked):
                return done


async def change(app: StationApp) -> None:
    """Show the rules, and let one after the other be changed until the user leaves."""
    rules = Rules()
    while done := await rules.change(app):
        app.changed(done)


async def _change(app: StationApp, setting: Setting) -> Done | None:
    async def previewed(said: Said) -> Preview:
        _, value = checked_setting(setting.key, said.text("value"))
        notes: tuple[str, ...] = (previews.rule_notes(_spoken(setting), setting.source),)
        if value == setting.value:
            return Preview(previews.NOTHING_CHANGED, notes=notes)
        notes += await app.backend.run(policies.consequences, setting.key, value)
        return Preview(previews.rule_preview(value), notes=notes)

    async def submit(said: Said) -> Done:
        return await app.backend.run(policies.set_policy, setting.key, said.text("value"))

    spec = FormSpec(setting.title, [_field(setting)], setting.key, "Set it")
    return await app.push_screen_wait(Form(spec, submit, previewed))


def _field(setting: Setting) -> Field:
    offered = _CHOICES.get(setting.unit)
    if offered is None:
        return Text(
            "value", capitalised(setting.unit), setting.value, also=(setting.key,),
            read=lambda text: checked_setting(setting.key, text),
        )  # fmt: skip
    options = [(each, each) for each in offered]
    if len(offered) > _FEW:
        return Choice("value", capitalised(setting.unit), options, setting.value, blank=False)
    return Pick("value", "Value", options, setting.value)


def _spoken(setting: Setting) -> str:
    return with_unit(setting.value, setting.unit)


def _option_id(key: str) -> str:
    return key.replace(".", "_")


class RuleList(StyledOnce[Setting | None], ModalScreen[Setting | None]):
    """Every rule on a line: its title, its value, and under the list where the number comes from."""

    CSS_PATH = "policy.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", tooltip="Close the rules", id="rules.leave")
    ]

    def __init__(self, settings: list[Setting], at: str) -> None:
        super().__init__()
        self._settings = {_option_id(setting.key): setting for setting in settings}
        self._at = _option_id(at)

    def compose(self) -> ComposeResult:
        """Title, list, source, keys."""
        with Vertical(id="rules"):
            yield Static("The rules in force", id="rules-title", markup=False)
            yield OptionList(*self._lines(), id="rules-list", markup=False, compact=True)
            yield Words(id="rules-source")
            yield Static("enter change · esc leave", id="rules-keys", markup=False)

    def on_mount(self) -> None:
        """Stand on the rule that was looked at last."""
        rules = self.query_one(OptionList)
        rules.highlighted = rules.get_option_index(self._at if self._at in self._settings else PROFILE_KEY)

    def on_resize(self) -> None:
        """Let the titles take the room there is."""
        rules = self.query_one(OptionList)
        for key, setting in self._settings.items():
            rules.replace_option_prompt(key, self._prompt(setting))

    def _lines(self) -> Iterator[Option]:
        """The rules by sections, each under its heading."""
        for heading, settings in groupby(self._settings.values(), lambda each: section(each.key)):
            if heading:
                yield Option("", disabled=True)
                yield Option(RichText(heading, "bold"), disabled=True)
            yield from (Option(self._prompt(each), id=_option_id(each.key)) for each in settings)

    @property
    def _width_of_titles(self) -> int:
        return _LONG_TITLE if self.app.size.width >= _WIDE else _TITLE

    def _prompt(self, setting: Setting) -> RichText:
        title, *rest = wrap(setting.title, self._width_of_titles)
        line = RichText(no_wrap=True, overflow="ellipsis")
        line.append(f"{padded(title, self._width_of_titles)}  ")
        line.append(f"{_spoken(setting):>{_VALUE}}", "bold" if setting.changed else "")
        line.append("  convention" if setting.convention else "", "dim")
        for each in rest:
            line.append(f"\n  {each}")
        return line

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Tell the source of the rule under the cursor."""
        setting = self._settings[event.option_id or PROFILE_KEY]
        self.query_one("#rules-source", Words).update(f"{setting.key} · {setting.source}")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Pick a rule; a notice has no value to change."""
        setting = self._settings[event.option_id or PROFILE_KEY]
        if not setting.key.startswith(_NOTICE):
            self.dismiss(setting)

    def action_leave(self) -> None:
        """Leave the rules as they are."""
        self.dismiss(None)
