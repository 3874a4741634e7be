"""A scan over everything: one word, large; what was found; the one key that does the next step."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Horizontal, Middle
from textual.content import Content
from textual.widgets import Button

from rollertrack.domain.text import printable
from rollertrack.domain.words import Word
from rollertrack.tui.deed_keys import key_of
from rollertrack.tui.help import Help
from rollertrack.tui.scanning import scan_results
from rollertrack.tui.scanning.scan_results import ScanResult
from rollertrack.tui.screens.live import RollerScreen
from rollertrack.tui.widgets import big_word
from rollertrack.tui.widgets.big_word import BigWord
from rollertrack.tui.widgets.content import finding_content, word_content
from rollertrack.tui.widgets.lines import KeyLine
from rollertrack.tui.widgets.words import Words
from rollertrack.wording import scans

_QUIET = "$foreground 60%"


def scan_body(result: ScanResult) -> Content:
    """What there is to say, and what was found; of that a deed done or begun says no more than the word."""
    lines = [Content(printable(line)) for line in result.text]
    if result.verdict is not None and not result.headline:
        lines += map(finding_content, result.verdict.of_now)
    return Content("\n").join(lines)


def scan_gate_line(result: ScanResult) -> Content:
    """The gate's word, where another one stands in large letters."""
    if result.verdict is None or not result.headline:
        return Content("")
    lead = "Now:  " if result.is_deed else "The gate says:  "
    return Content.assemble(lead, word_content(result.verdict.word))


def next_step(result: ScanResult) -> Content:
    """What to do next; a card that waits says so itself."""
    if result.verdict is None or (result.headline and not result.is_deed):
        return Content("")
    return Content.assemble(("Next:  ", "bold"), printable(result.verdict.next_step))


def scan_height(result: ScanResult, width: int) -> int:
    """The lines that differ from card to card, where each may be that many cells wide."""
    spaced = sum(bool(part) for part in (result.alarm, scan_gate_line(result).plain))
    # Two lines of the next step are among those that every card has.
    wrapped = max(0, _lines(next_step(result), width) - 2)
    return _lines(scan_body(result), width) + _lines(Content(result.note), width) + 2 * spaced + wrapped


def _lines(text: Content, width: int) -> int:
    return text.get_height({}, max(1, width)) if text.plain else 0


def waiting_for(result: ScanResult, now: int) -> Content:
    """What an action card waits for, with the seconds left."""
    return Content(result.pending.line(now)) if result.pending else Content("")


def earlier_scan(result: ScanResult) -> Content:
    """A scan before the newest, in one line."""
    head = word_content(result.verdict.word) if result.verdict else Content("·")
    if result.stays:
        head += Content.styled(" stays until dismissed", _QUIET)
    deed = f"{result.headline}   " if result.is_deed else ""
    return Content.assemble(deed, head, "   ", printable(result.title))


def more_scans(count: int) -> Content:
    """That there are more scans than lines."""
    return Content.styled(scans.more_scans(count), _QUIET)


_MOST_EARLIER, _FEWER_EARLIER = 4, 2
_TALL_SCREEN = 32
_LINES_AROUND = 12
_LINES_AROUND_PENDING = {True: 14, False: 12}
_SHARE_OF_WIDTH = 90
_TINTS = {word: f"-{word.name.lower()}" for word in Word}


class VerdictScreen(RollerScreen):
    """Shows the newest scan; the ones before shrink to lines, and a STOP stays until dismissed."""

    help = Help(
        "A verdict",
        "The large word holds now, and is asked for anew before it can turn. The key in the button does the "
        "next step; every other deed has its key below. Scan a person before or after a roller to check the "
        "two together. An action card acts on the roller it is scanned with, before or after; what it waits "
        "for stands above the keys, with the seconds left, and when they are over it is let go. Esc goes "
        "back; a STOP among the scans before comes up again and wants its own Esc.",
        of_rollers=True,
    )
    CSS_PATH = "verdict.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        # Their buttons name these; the line of keys has no room for them at 80 cells.
        Binding("enter", "record", "record", show=False, id="verdict.record", tooltip="Open the record"),
        key_of("claim"),
        key_of("receive"),
        Binding("escape", "back", "back", show=False, id="verdict.back", tooltip="Go back"),
    ]

    def __init__(self, result: ScanResult) -> None:
        super().__init__()
        self._result = result
        self._earlier: list[ScanResult] = []

    @property
    def result(self) -> ScanResult:
        """What fills the screen."""
        return self._result

    @property
    def earlier(self) -> tuple[ScanResult, ...]:
        """The scans before, the oldest first."""
        return tuple(self._earlier)

    def compose(self) -> ComposeResult:
        """The scans before, the word, what is known, what to do."""
        yield Words(id="earlier")
        with Middle():
            yield BigWord()
            for part in ("alarm", "title", "note", "findings", "now"):
                with Center():
                    yield Words(id=part)
        for part in ("next", "pending"):
            with Center():
                yield Words(id=part)
        with Horizontal(id="buttons"):
            yield Button("", id="offer", compact=True)
            yield Button("enter  record", id="record", compact=True)
            yield Button("esc  back", id="back", compact=True)
        yield KeyLine(elsewhere=self.on_buttons, hint="")

    def on_compose(self) -> None:
        """Take the classes of the first card while nothing is on the screen that would be styled anew."""
        self._tint()
        self._stand_close()

    def _tint(self) -> None:
        for word, name in _TINTS.items():
            self.set_class(self._result.word is word, name)

    def on_mount(self) -> None:
        """Show the first card."""
        self._draw()

    def on_resize(self) -> None:
        """Fit the word and the scans before to the room."""
        self._fit()
        self._tell("earlier", self._earlier_lines())

    def _fit(self) -> None:
        """The word takes what the lines above and below it leave, but never less than one row of letters."""
        result, is_tall = self._result, self._is_tall
        self._stand_close()
        around = _LINES_AROUND if result.pending is None else _LINES_AROUND_PENDING[is_tall]
        above = min(len(self._earlier), self._most_earlier + 1)
        word = self.query_one(BigWord)
        height = scan_height(result, self.size.width * _SHARE_OF_WIDTH // 100)
        word.tallest = max(big_word.HEIGHT, self.size.height - around - above - height)
        word.refresh(layout=True)

    def _stand_close(self) -> None:
        """A card that waits stands close to the buttons where lines are few."""
        self.set_class(self._result.pending is not None and not self._is_tall, "-tight")

    @property
    def _is_tall(self) -> bool:
        return self.app.size.height >= _TALL_SCREEN

    @property
    def _most_earlier(self) -> int:
        return _MOST_EARLIER if self._is_tall else _FEWER_EARLIER

    @property
    def roller(self) -> str | None:
        """The roller on display."""
        return self._result.answer.code if self._result.answer else None

    @property
    def is_held(self) -> bool:
        """Whether it is in quarantine or recalled."""
        return self._result.verdict is not None and self._result.verdict.is_releasable

    def take_result(self, result: ScanResult) -> bool:
        """Let a scan take the place of this one."""
        self.show_result(result)
        return True

    def show_result(self, result: ScanResult) -> None:
        """Let another scan take the place of this one."""
        kept = [
            each for each in (*self._earlier, self._result) if each.code != result.code and not each.passes
        ]
        stops = [each for each in kept if each.stays]
        recent = kept[-_MOST_EARLIER:]
        self._earlier = [each for each in kept if each in stops or each in recent]
        self._result = result
        if self.is_mounted:  # a scan may come while the first one is still opening the screen
            self._draw()

    def reread(self) -> None:
        """Ask the gate again, also about the scans before."""
        self._reread_newest()
        self._reread_earlier()

    def _reread_newest(self) -> None:
        if self._result.is_roller:
            self.read("verdict", self._ask_again, [self._result])

    def _reread_earlier(self) -> None:
        if rollers := [result for result in self._earlier if result.is_roller]:
            self.read("earlier", self._ask_again, rollers)

    def show_unreadable(self) -> None:
        """Make every roller a STOP at once, and ask again, in case one can be read."""
        for result in (*self._earlier, self._result):
            if result.answer is not None:
                self._replace(result, scan_results.lost(result, self.unreadable))
        self.reread()

    def on_second(self, now: int) -> None:
        """Ask again before the word can turn; let go what waited long enough."""
        self._draw_pending(now)
        if self._result.until is not None and now >= self._result.until and self.is_active:
            self.action_back()
        elif self.minute_begins(now):
            self.reread()
        else:
            self._reread_turned(now)

    def _reread_turned(self, now: int) -> None:
        """The time left in the large word runs by the second; a line above waits until its word may turn."""
        if self._result.word is Word.WAIT or self._result.has_turned(now):
            self._reread_newest()
        if any(result.has_turned(now) for result in self._earlier):
            self._reread_earlier()

    async def _ask_again(self, asked: Sequence[ScanResult]) -> None:
        for result in asked:
            self._replace(result, await self.app.scans.ask_again(result))

    def _replace(self, result: ScanResult, newer: ScanResult) -> None:
        """Put the newer answer where the card stands by now, if it still does."""
        if result is self._result:
            self._result = newer
        else:
            self._earlier = [newer if each is result else each for each in self._earlier]
        self._draw()

    def _draw(self) -> None:
        result = self._result
        self._tint()
        self.query_one(BigWord).show(result.word, result.headline)
        self._fit()
        self._tell("earlier", self._earlier_lines())
        self._tell("alarm", Content(result.alarm))
        self._tell("title", Content.styled(printable(result.title), "bold"))
        self._tell("note", Content.styled(result.note, "italic"))
        self._tell("findings", scan_body(result))
        self._tell("now", scan_gate_line(result))
        self._tell("next", next_step(result))
        self._draw_pending(self.app.clock())
        self._draw_buttons()
        self.refresh_bindings()

    def _draw_buttons(self) -> None:
        offer, button = self._result.offer, self.query_one("#offer", Button)
        button.display = offer is not None
        label = f"{offer.key}  {offer.label}" if offer else ""
        if str(button.label) != label:
            button.label = Content(label)
            button.refresh(layout=True)  # a label alone does not change the width
        self._draw_opening(self.query_one("#record", Button))

    def _draw_opening(self, button: Button) -> None:
        button.display = self._result.opens is not None
        label = "enter  person" if self.roller is None else "enter  record"
        if str(button.label) != label:
            button.label = Content(label)
            button.refresh(layout=True)

    def on_buttons(self) -> tuple[str, ...]:
        """The actions whose keys stand in the buttons."""
        offer = self._result.offer
        return (f"deed('{offer.deed}')",) if offer else ()

    def _draw_pending(self, now: int) -> None:
        """What an action card waits for; at the end of its time it says that it was let go."""
        self._tell("pending", waiting_for(self._result, now))
        self.set_class(self._result.pending is not None and not self._result.pending.holds(now), "-let-go")

    def _earlier_lines(self) -> Content:
        newest_first = self._earlier[::-1]
        shown = sorted(newest_first, key=lambda result: not result.stays)[: self._most_earlier]
        lines = [earlier_scan(result) for result in shown]
        if len(self._earlier) > len(shown):
            lines.append(more_scans(len(self._earlier) - len(shown)))
        return Content("\n").join(lines)

    def _tell(self, part: str, content: Content) -> None:
        static = self.query_one(f"#{part}", Words)
        static.update(content)
        static.display = bool(content.plain)

    @on(Button.Pressed)
    def _pressed(self, pressed: Button.Pressed) -> None:
        pressed.stop()
        actions = {"offer": self._take_offer, "record": self.action_record, "back": self.action_back}
        actions[pressed.button.id or "back"]()

    def _take_offer(self) -> None:
        if self._result.offer:
            self.action_deed(self._result.offer.deed)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A card that offers something takes its key, also without a roller."""
        offer = self._result.offer
        if action == "deed" and offer is not None and parameters == (offer.deed,):
            return True
        if parameters in {("claim",), ("receive",)}:
            return False
        if action == "record":
            return self._result.opens is not None
        return super().check_action(action, parameters)

    def action_deed(self, name: str) -> None:
        """Do a deed to the roller shown, with what was scanned beside it."""
        result = self._result
        self.app.scans.forget()  # what a card waited for must not wait unseen
        if name == "claim":
            self._claim(result)
        elif name == "receive":
            self.app.do(name, (result.code,), then=self._received)
        elif name == "soak" and result.soak_in:
            solution, rollers = result.soak_in
            self.app.do("soak", list(rollers), solution or None)
        elif name == "retire" and result.bin_for:
            self.app.attempt(self._into_bin, *result.bin_for)
        elif name == "use" and result.answer:
            self.app.do("use", result.answer.code, result.person)
        else:
            super().action_deed(name)

    async def _received(self, _: object) -> None:
        """A box that was taken in asks for nothing more."""
        self.action_back()

    def _claim(self, result: ScanResult) -> None:
        async def show_roller(_: object) -> None:
            self.show_result(await self.app.scans.ask_again(result))

        if result.claim:
            self.app.do("claim", result.claim.text, result.claim.is_scanned, then=show_roller)

    async def _into_bin(self, roller: str, sharps_bin: str) -> None:
        done = await self.app.scans.bin_roller(roller, sharps_bin)
        self.app.changed(done)
        self.action_back()

    def action_record(self) -> None:
        """Open the record of the roller shown, or the person."""
        if self._result.opens is not None:
            self.app.scans.forget()
            self.app.open_record(self._result.opens)

    def action_back(self) -> None:
        """Dismiss this scan; a STOP before it comes up once more."""
        self.app.scans.forget()
        stops = [result for result in self._earlier if result.stays]
        if stops:
            self._result, self._earlier = stops[-1], stops[:-1]
            self._draw()
        else:
            self.dismiss(None)
