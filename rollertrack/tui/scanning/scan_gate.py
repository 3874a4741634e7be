"""The gate as scans ask it: an answer always comes, and what cannot be known is a STOP."""

from dataclasses import dataclass, replace

from rollertrack.domain.code import shown
from rollertrack.errors import BadCode, StoreFailed
from rollertrack.services import using
from rollertrack.services.backend import Backend
from rollertrack.tui.faults import ours
from rollertrack.tui.scanning import scan_results
from rollertrack.tui.scanning.scan_results import ScanResult


@dataclass(frozen=True, slots=True)
class ScanGate:
    """Asks the gate about rollers."""

    backend: Backend

    async def check(self, code: str, person: str | None) -> ScanResult:
        """The gate's answer now; a STOP when the record does not know the roller or cannot be read."""
        try:
            return scan_results.verdict_result(
                await self.backend.run(using.check, code, person=person), person
            )
        except BadCode as error:
            return replace(scan_results.stop_result(shown(code), error.reason), code=code)
        except StoreFailed as error:
            return scan_results.lost_result(code, person, error.message)

    async def ask_again(self, result: ScanResult) -> ScanResult:
        """The same card as it is now; whatever fails is a STOP."""
        try:
            newer = await self.check(result.code, result.person)
        except Exception as error:
            newer = scan_results.lost(result, ours(error).message)
        return scan_results.renewed(result, newer)
