"""Finding elements by code and by title quickly, while a log is edited or taken in."""

from workbench.model.codes import code_key
from workbench.model.elements import Element
from workbench.model.ids import new_id
from workbench.model.kinds import CODE_LETTER
from workbench.model.records import CLASS_OF, new_record
from workbench.store.transaction import Transaction


def fold_title(text: str) -> str:
    """A title without case and with single blanks: two texts that read the same are the same."""
    return " ".join(text.split()).casefold()


class Names:
    """Elements of some kinds by code and by title, as they stand in one transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._codes: dict[tuple[str, str], str] = {}
        self._titles: dict[tuple[str, str], str] = {}
        self._exact: dict[tuple[str, str], str] = {}
        self._next: dict[str, int] = {}
        for kind in ("hazard", "cause", "consequence", "control"):
            self._next[kind] = 0
            for record in tx.all(CLASS_OF[kind]):
                if isinstance(record, Element):
                    self.learn(record)

    def learn(self, record: Element) -> None:
        """Know an element from now on."""
        kind = record.TYPE
        if record.code:
            self._codes.setdefault((kind, record.code.casefold()), record.id)
            letter, number, _ = code_key(record.code)
            if letter == CODE_LETTER[kind]:
                self._next[kind] = max(self._next[kind], number)
        if record.title:
            self._exact.setdefault((kind, record.title), record.id)
            self._titles.setdefault((kind, fold_title(record.title)), record.id)

    def reserve(self, kind: str, code: str) -> None:
        """Never give a code of itself that a later row brings along."""
        letter, number, _ = code_key(code)
        if letter == CODE_LETTER[kind]:
            self._next[kind] = max(self._next[kind], number)

    def by_code(self, kind: str, code: str) -> str:
        """Id of the element with a code; empty where there is none."""
        return self._known(self._codes.get((kind, code.casefold()), ""))

    def by_title(self, kind: str, title: str) -> str:
        """Id of an element with a title; empty where there is none."""
        found = self._exact.get((kind, title)) or self._titles.get((kind, fold_title(title)), "")
        return self._known(found)

    def _known(self, id: str) -> str:
        return id if id in self._tx.records else ""

    def make(self, kind: str, title: str, code: str = "", *, coded: bool = True) -> str:
        """A new element, with the next code of its kind where none is given; ``coded`` false: without a code."""
        if not code and coded:
            self._next[kind] += 1
            code = f"{CODE_LETTER[kind]}-{self._next[kind]}"
        record = self._tx.put(new_record(kind, new_id(kind), title=title, code=code))
        assert isinstance(record, Element)
        self.learn(record)
        return record.id
