"""The form of a box that came: its product, one look at the lot, and the labels of its pieces."""

from typing import ClassVar

from textual import on
from textual.widgets import Input

from rollertrack.errors import BadInput, RollerTrackError
from rollertrack.services.arrivals import Arrival, arrival
from rollertrack.services.deliveries import Delivery
from rollertrack.services.labels.labelling import check_request, enqueue_all
from rollertrack.services.labels.requests import PrintRequest
from rollertrack.services.preview import rehearse
from rollertrack.services.receiving import receive as take_in
from rollertrack.services.station import Done
from rollertrack.tui.forms.fields import Choice, Field, Pick, Said, Text, word_field
from rollertrack.tui.forms.form import Form, FormSpec, Preview
from rollertrack.tui.station_app import StationApp
from rollertrack.wording import stock as say

_NEITHER = ":neither"
"""No lot: those hold no colon in front."""
_NO_LABELS = ":none"


class LotField(Text):
    """The lot as the barcode says it, until a person says that the pack reads so, by Enter or by typing."""

    def __init__(self, lot: str) -> None:
        super().__init__("lot", "Lot", lot, placeholder="as printed on the pack")
        self._read_lot = lot
        self.is_compared = not lot

    def complaint(self) -> str:
        """That nobody has looked yet."""
        return "" if self.is_compared else say.COMPARE

    @on(Input.Changed)
    def _retyped(self, event: Input.Changed) -> None:
        if event.value != self._read_lot:
            self.is_compared = True

    @on(Input.Submitted)
    def _confirmed(self) -> None:
        """Enter in it says that the pack reads so; the form then goes on to the next field."""
        if not self.is_compared:
            self.is_compared = True
            self.say("")
            self.ask(say.COMPARED)


class ReceiveForm(Form):
    """A form that takes the second code of its box, or another box, while it is open."""

    scanned: str = ""
    """A box that was scanned into it: the form opens anew with it."""
    takes_boxes: ClassVar[bool] = True

    def take_box(self, text: str) -> bool:
        """Take a scan of a maker's box."""
        self.scanned = text
        self._go(None)
        return True


async def receive(app: StationApp, scans: tuple[str, ...] = (), product: str | None = None) -> Done | None:
    """Ask what a box is of, show its lot to be compared, and take it in with its labels.

    `product` is the one under the cursor; a box that is scanned into the form may be of another.
    """
    while True:
        offered = await app.backend.run(arrival, scans, product)
        if not offered.products or await _is_new(app, offered, product):
            done = await app.perform("add_product")
            if done is None:
                return None
            product = done.codes[0]
            continue
        form = _Receipt(app, offered, product).form()
        done = await app.push_screen_wait(form)
        if not form.scanned:
            return done
        if not scans:
            product = None
        scans = await _with(app, scans, form.scanned)


async def _is_new(app: StationApp, offered: Arrival, product: str | None) -> bool:
    """Whether a box that nobody knows is of a product that has to be registered first."""
    box = offered.box
    if product is not None or not box.scans or box.product is not None:
        return False
    question = say.is_new_product(box.readings[0].key)
    return not await app.confirm(say.WHICH_PRODUCT, question, yes="On record", no="A new one")


async def _with(app: StationApp, scans: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The codes of a box with one more; those of another box begin anew, and one that cannot be is told."""
    for these in ((*scans, text), (text,)):
        try:
            await app.backend.run(arrival, these, None)
        except RollerTrackError as error:
            trouble = error
        else:
            return these
    app.show_error(trouble)
    return scans


class _Receipt:
    """What one form of a box does."""

    def __init__(self, app: StationApp, offered: Arrival, product: str | None) -> None:
        self._app = app
        self._offered = offered
        readings = offered.box.readings
        self._lots = list(dict.fromkeys(each.lot for each in readings if each.lot))
        self._has_choice = len(self._lots) > 1
        self._lot = LotField("" if self._has_choice else next(iter(self._lots), ""))
        self._is_product_known = bool(offered.box.product or product)
        self._fields = self._asked(offered.box.product or product or "")

    def form(self) -> ReceiveForm:
        """The form itself; the cursor stands where the look at the pack is asked for."""
        start = "reading" if self._has_choice else "lot" if self._lots else "product"
        if not self._is_product_known:
            start = "product"
        spec = FormSpec(
            "Receive a box", self._fields, self._offered.box.name, "Receive", absent=self._absent, start=start
        )
        return ReceiveForm(spec, self.submit, self.previewed)

    def _asked(self, product: str) -> list[Field]:
        offered, box = self._offered, self._offered.box
        days = {each.expiry for each in box.readings}
        expiry = None if len(days) > 1 else next(iter(days), None)
        pieces = box.pieces or offered.pack_sizes.get(product, 1) if product or box.pieces else ""
        readings = [(say.lot_choice(each), each.lot) for each in box.readings if each.lot]
        printers = [(say.print_on(name), name) for name in offered.printers]
        return [
            Choice("product", "Product", offered.products, product, prompt="which product is this?"),
            Text("pieces", "Pieces", str(pieces), placeholder="as many as its pack holds"),
            Pick("reading", "Lot", [*readings, (say.NEITHER, _NEITHER)], question=say.COMPARE_SEVERAL,
                 also=("lot",)),
            self._lot,
            Text("expiry", "Expiry", say.day_as_typed(expiry),
                 placeholder="such as 2027-05 or 31 May 2027"),
            word_field("supplier", "Supplier"),
            word_field("invoice", "Invoice"),
            word_field("certificate", "Certificate", placeholder="of sterilisation, by the maker"),
            Text("price", "Price a piece", placeholder="as the product says"),
            Choice("labels", "Labels", [*printers, (say.NO_LABELS, _NO_LABELS)],
                   offered.usual_printer or _NO_LABELS, blank=False, also=("printer", "media")),
        ]  # fmt: skip

    def _absent(self, said: Said) -> frozenset[str]:
        """The fields that are not asked: a choice of lots where there is none, papers at home."""
        hidden = {
            "reading": not self._has_choice,
            "lot": self._has_choice and said.text("reading") != _NEITHER,
            "supplier": not self._offered.is_clinic,
            "invoice": not self._offered.is_clinic,
            "certificate": not self._offered.is_clinic,
            "labels": not self._offered.printers or said.text("product") in self._offered.uncoded,
        }
        return frozenset(key for key, is_hidden in hidden.items() if is_hidden)

    def _delivery(self, said: Said) -> Delivery:
        chosen = said.text("reading")
        lot = chosen if self._has_choice and chosen != _NEITHER else said.text("lot")
        if self._has_choice and not chosen:
            raise BadInput("reading", say.COMPARE)
        return Delivery(
            said.text("product"), self._offered.box.scans, lot,
            said.text("expiry") if "expiry" in said.changed or said.text("expiry") else None,
            said.text("pieces") or None, said.text("price") or None, None, said.text("supplier"),
            said.text("invoice"), said.text("certificate"), compared=True,
        )  # fmt: skip

    async def previewed(self, said: Said) -> Preview:
        """What will be made of it; the lot is asked for above its field until somebody has looked."""
        question = {"lot": say.COMPARED if self._lot.is_compared else say.COMPARE_ONE} if self._lots else {}
        if not said.text("product"):
            return Preview(say.WHICH_PRODUCT, questions=question)
        if self._has_choice and not said.text("reading"):
            return Preview(say.CHOOSE_LOT)
        rehearsed = await self._app.backend.run(rehearse, take_in, self._delivery(said))
        printer = self._printer(said) or ""
        result = say.receiving_preview(rehearsed.message, len(rehearsed.codes) - 1, printer)
        return Preview(result, notes=rehearsed.warnings, questions=question)

    def _printer(self, said: Said) -> str | None:
        printer = said.text("labels")
        return None if printer in {"", _NO_LABELS} else printer

    async def submit(self, said: Said) -> Done:
        """Take it in, its labels into the queue; what keeps them from it is told beside the receipt."""
        if not said.text("product"):
            raise BadInput("product", say.WHICH_PRODUCT)
        request = None if (printer := self._printer(said)) is None else PrintRequest(printer=printer)
        if request is not None:  # what cannot be printed is known before the box is on record
            await self._app.backend.run_drawing(check_request, request)
        done = await self._app.backend.run(take_in, self._delivery(said))
        codes = done.codes[1:]
        if not codes or request is None:
            return done
        try:
            batches = await self._app.backend.run_drawing(enqueue_all, codes, request)
        except RollerTrackError as error:
            return replace_warnings(done, error.message)
        for batch in batches:
            self._app.print_batch(batch.id)
        return done


def replace_warnings(done: Done, more: str) -> Done:
    """What was done, with one thing more to say beside it."""
    return done._replace(warnings=(*done.warnings, more))
