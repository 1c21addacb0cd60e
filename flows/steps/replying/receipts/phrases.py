"""Every word of ours that a receipt says, in both languages; {blanks} are filled in by content."""

from reports.model import Text
from reports.words import Noun

VERDICTS = {
    "accepted": Text("Raport preluat", "Report taken in"),
    "accepted_with_warnings": Text(
        "Raport preluat, cu rugămintea de a verifica", "Report taken in, with a request to check"
    ),
    "partly_accepted": Text("Raport preluat în parte", "Report taken in, in part"),
    "rejected": Text("Raport care așteaptă o corectură", "Report that waits for a correction"),
}
KIND_WORDS = {
    "accepted": Text(
        "Vă mulțumim! Fișierul este în regulă și tot ce ați scris a fost preluat.",
        "Thank you! The file is in order and all that you wrote has been taken in.",
    ),
    "accepted_with_warnings": Text(
        "Vă mulțumim! Tot ce ați scris a fost preluat. Vă rugăm numai să verificați {places}.",
        "Thank you! All that you wrote has been taken in. We only ask you to check {places}.",
    ),
    "partly_accepted": Text(
        "Vă mulțumim! Am preluat {stored}; încă {waiting} așteaptă o corectură și nu intră până "
        "atunci în calcul.",
        "Thank you! We have taken in {stored}; {waiting} still to be put right and not counted "
        "until then.",
    ),
    "rejected": Text(
        "Vă mulțumim că ne-ați scris. Fișierul a ajuns cu bine, dar nu îl putem prelua încă; mai "
        "jos este scris de ce și cum se îndreaptă.",
        "Thank you for writing. The file arrived safely, but we cannot take it in yet; below we "
        "say why, and how to put it right.",
    ),
}
ROW = Noun(Text("rând", "row"), Text("rânduri", "rows"))
WAITING_ROW = Noun(Text("rând", "row is"), Text("rânduri", "rows are"))
PLACE = Noun(Text("loc", "place"), Text("locuri", "places"))
HEADINGS = {
    "title": Text("Confirmare de primire", "Receipt"),
    "file": Text("Fișier", "File"),
    "from": Text("De la", "From"),
    "received": Text("Primit", "Received"),
    "period": Text("Perioada", "Period"),
    "number": Text("Număr", "Number"),
    "rows": Text("Ce am găsit în fișier", "What we found in the file"),
    "correct": Text("Ce este de corectat sau de verificat", "What to put right or to check"),
    "next": Text("Ce urmează", "What comes next"),
    "ask": Text("Pe cine întrebați", "Whom to ask"),
}
COLUMNS = (
    Text("Foaia", "Sheet"),
    Text("rânduri", "rows"),
    Text("preluate", "taken in"),
    Text("de corectat", "to correct"),
    Text("lăsate deoparte", "set aside"),
)
MOMENT = Text("{day}, ora {time} (ora României)", "{day}, {time} (Romanian time)")
NO_PERIOD = Text("nu se poate afla din fișier", "cannot be told from the file")
NO_ROWS = Text("Nu am putut citi niciun rând.", "We could not read any row.")
COUNTED_IN = Text(
    "Rândurile preluate intră în cifrele pentru {period}.",
    "The rows taken in go into the figures of {period}.",
)
SET_ASIDE = Text(
    "Lăsate deoparte sunt rândul-exemplu și rândurile de total: ele nu se numără niciodată.",
    "Set aside are the example row and rows of totals: they never count.",
)
AND_MORE = Text("… și încă {count}", "… and {count} more")
NOTHING_TO_DO = Text(
    "Nu mai este nimic de făcut. Dacă observați o greșeală, trimiteți din nou tot fișierul.",
    "There is nothing more to do. If you notice a mistake, send the whole file again.",
)
OPEN = Text(
    "Deschideți „{workbook}”: prima foaie enumeră tot ce este de corectat sau de verificat și "
    "duce la fiecare celulă; celulele sunt colorate și au câte o notă.",
    "Open “{workbook}”: its first sheet lists all there is to put right or to check and leads to "
    "each cell; the cells are coloured and have a note each.",
)
SAME_LIST = Text(
    "„{workbook}” conține aceeași listă; corecturile se fac în fișierul dumneavoastră.",
    "“{workbook}” holds the same list; the corrections are made in your own file.",
)
TOO_LARGE = Text(
    "Fișierul marcat nu este atașat, fiindcă mesajul ar fi fost prea mare pentru e-mail: scrieți "
    "la {contact} și vi-l trimitem pe altă cale.",
    "The marked-up file is not attached, for the message would have been too large for e-mail: "
    "write to {contact} and we will send it to you another way.",
)
SAVE_CSV = Text(
    "Fișierul trimis a fost un CSV și se întoarce ca registru. După ce îl corectați, salvați "
    "foaia „{sheet}” ca „CSV UTF-8”, cu numele „{file}”.",
    "The file you sent was a CSV and comes back as a workbook. Once it is put right, save the "
    "sheet “{sheet}” as “CSV UTF-8”, under the name “{file}”.",
)
SEND_AGAIN = Text(
    "Corectați și trimiteți din nou tot fișierul, pe aceeași cale, {by_when}.",
    "Put it right and send the whole file again, the same way, {by_when}.",
)
IF_YOU_CAN = Text(
    "Dacă este ceva de schimbat, trimiteți din nou tot fișierul, {by_when}; dacă totul este bine "
    "așa, nu aveți nimic de făcut.",
    "If something has to change, send the whole file again, {by_when}; if all is well as it is, "
    "there is nothing for you to do.",
)
BY_DEADLINE = Text("până la {day}, termenul de raportare", "by {day}, when reports are due")
BY_REPORT = Text(
    "înainte de {day}, ca să intre în raportul care apare atunci",
    "before {day}, so that it goes into the report that comes out then",
)
SOON = Text(
    "cât mai curând; cifrele corectate intră în raportul următor",
    "as soon as you can; the corrected figures go into the next report",
)
ASK = Text(
    "Scrieți la {contact} și menționați numărul {number}.",
    "Write to {contact} and mention the number {number}.",
)
MADE_UP = Text(
    "Date demonstrative: cifrele, partenerii și persoanele sunt inventate.",
    "Demonstration data: the figures, partners and people are made up.",
)
ALREADY = Text("Fișier primit deja", "File already received")
REPEATED = Text(
    "Am primit „{file}” pe {again}. Este același fișier, octet cu octet, cu „{first}”, pe care "
    "l-am primit deja pe {before}.",
    "We received “{file}” on {again}. It is the same file, byte for byte, as “{first}”, already "
    "received on {before}.",
)
STANDS = {
    "answered": Text(
        "Nu se schimbă nimic, iar răspunsul de atunci rămâne valabil.",
        "Nothing changes, and the answer given then still holds.",
    ),
    "replaced": Text(
        "De atunci i-a luat locul „{newer}”, primit pe {day}: acela se numără, iar acesta nu. Dacă "
        "totuși acesta este cel bun, trimiteți-l din nou ca „corecție”, cu motivul ei, sau "
        "scrieți-ne la {contact} și menționați numărul {number}.",
        "Since then “{newer}”, received on {day}, has taken its place: that one counts, and this "
        "one does not. If this is the right one after all, send it again as a “correction”, with "
        "its reason, or write to {contact} and mention the number {number}.",
    ),
    "withdrawn": Text(
        "Fișierul de atunci a fost însă retras, așa că nici acesta nu se numără. Dacă totuși "
        "trebuie să se numere, trimiteți-l din nou ca „corecție”, cu motivul ei, sau scrieți-ne "
        "la {contact} și menționați numărul {number}.",
        "But the file of that day was withdrawn, so this one does not count either. If it has to "
        "count after all, send it again as a “correction”, with its reason, or write to {contact} "
        "and mention the number {number}.",
    ),
}
