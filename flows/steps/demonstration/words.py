"""Titles, kinds and places that invented activities are made of."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One type of activity: how its title begins, its discipline, and how large it is.

    audience and events are ranges; makers is the range of active participants, None where there
    are only spectators.
    """

    code: str
    title_ro: str
    title_en: str
    discipline: str
    audience: tuple[int, int]
    events: tuple[int, int]
    makers: tuple[int, int] | None = None


@dataclass(frozen=True)
class Place:
    """One invented venue in a real neighbourhood."""

    name: str
    district: str
    kind: str


KINDS = {
    kind.code: kind
    for kind in (
        Kind("exhibition", "Expoziția", "Exhibition", "visual_arts", (120, 420), (1, 1)),
        Kind("concert", "Concertul", "Concert", "performing_arts", (45, 180), (1, 3)),
        Kind("workshop", "Atelierul", "Workshop", "cultural_education", (10, 40), (2, 6), (8, 36)),
        Kind("theatre", "Spectacolul", "Theatre show", "performing_arts", (50, 160), (2, 4)),
        Kind("dance", "Spectacolul de dans", "Dance show", "performing_arts", (40, 130), (1, 3)),
        Kind("screening", "Proiecția", "Screening", "audiovisual", (30, 110), (1, 4)),
        Kind("festival", "Festivalul", "Festival", "interdisciplinary", (380, 760), (8, 14)),
        Kind("guided_tour", "Turul ghidat", "Guided tour", "heritage", (18, 60), (2, 6)),
        Kind("installation", "Instalația", "Installation", "new_media", (90, 380), (1, 1)),
        Kind("performance", "Performance-ul", "Performance", "performing_arts", (30, 110), (1, 3)),
        Kind("dj_live_set", "Live set", "Live set", "new_media", (35, 120), (1, 2)),
        Kind("talk", "Dezbaterea", "Talk", "written_culture", (20, 75), (1, 3)),
        Kind("tasting", "Degustarea", "Tasting", "heritage", (25, 60), (1, 1)),
        Kind("residency", "Rezidența", "Residency", "visual_arts", (12, 40), (1, 2), (4, 12)),
        Kind("publication", "Publicația", "Publication", "written_culture", (10, 30), (1, 1)),
        Kind("training", "Cursul", "Training", "cultural_education", (10, 24), (2, 5), (6, 18)),
        Kind(
            "community_project",
            "Proiectul de cartier",
            "Community project",
            "cultural_education",
            (25, 90),
            (3, 7),
            (12, 60),
        ),
        Kind("conference", "Conferința", "Conference", "architecture_design", (35, 90), (1, 2)),
    )
}
# How often each type occurs in each format; a blank format is what a partner left open.
TYPES = {
    "in_person": {
        "concert": 11,
        "workshop": 9,
        "exhibition": 8,
        "guided_tour": 8,
        "theatre": 6,
        "installation": 6,
        "performance": 5,
        "screening": 5,
        "dance": 3,
        "festival": 2,
        "talk": 3,
        "dj_live_set": 2,
        "tasting": 1,
    },
    "online": {
        "talk": 20,
        "workshop": 20,
        "screening": 14,
        "concert": 14,
        "training": 9,
        "theatre": 8,
        "performance": 7,
        "publication": 6,
        "exhibition": 6,
        "residency": 4,
        "conference": 5,
        "dj_live_set": 2,
    },
    None: {"community_project": 8, "workshop": 5, "talk": 4, "residency": 3, "publication": 2},
}
MAKING = {"workshop": 3, "community_project": 2, "residency": 1}
PHRASES = (
    ("Ferestre spre curte", "Windows on the Courtyard"),
    ("Apă și fier", "Water and Iron"),
    ("Vecinii de vizavi", "The Neighbours Opposite"),
    ("Hărți fără margini", "Maps without Edges"),
    ("Ce auzi când taci", "What You Hear in Silence"),
    ("Scrisori din balcon", "Letters from the Balcony"),
    ("Lumina de la colț", "The Light on the Corner"),
    ("Pași prin trei limbi", "Steps through Three Languages"),
    ("Orașul mic", "The Small City"),
    ("Două maluri", "Two Banks"),
    ("Obiecte găsite", "Found Objects"),
    ("Umbra castanului", "In the Chestnut's Shade"),
    ("Cutia cu amintiri", "The Box of Memories"),
    ("Bunici și nepoți", "Grandparents and Grandchildren"),
    ("Zgomot bun", "Good Noise"),
    ("Linia a patra", "Line Four"),
    ("Sub poduri", "Under the Bridges"),
    ("Cusături", "Stitches"),
    ("Grădina de beton", "The Concrete Garden"),
    ("Seri cu ferestre deschise", "Evenings with Open Windows"),
    ("Casa fără adresă", "The House without an Address"),
    ("Ziduri care ascultă", "Walls that Listen"),
    ("Pâine și poezie", "Bread and Poetry"),
    ("Turnul de apă", "The Water Tower"),
    ("Culoarea tramvaiului", "The Colour of the Tram"),
    ("Tot ce plutește", "All that Floats"),
    ("Limba mamei", "Mother's Language"),
    ("Desene pe asfalt", "Drawings on Asphalt"),
    ("Tăcerea fabricii", "The Silence of the Factory"),
    ("O zi la țară", "A Day in the Country"),
    ("Șapte scaune", "Seven Chairs"),
    ("Camera din mijloc", "The Middle Room"),
    ("Cine bate la ușă", "Who Is Knocking"),
    ("Alfabetul orașului", "The City's Alphabet"),
    ("Muzică pentru scări", "Music for Staircases"),
    ("Frontiera invizibilă", "The Invisible Border"),
    ("Plante care călătoresc", "Plants that Travel"),
    ("Mâini de meșter", "A Maker's Hands"),
    ("Jocul de-a viitorul", "Playing the Future"),
    ("Cer cu fire", "A Sky of Wires"),
    ("Robotul din piață", "The Robot in the Square"),
    ("Povești de la bloc", "Stories from the Block"),
    ("Drumul lung spre casă", "The Long Way Home"),
    ("Hârtie, foarfecă, oraș", "Paper, Scissors, City"),
    ("Ecoul pieței", "The Echo of the Market"),
    ("Marginea hărții", "The Edge of the Map"),
    ("Verde dincolo de gard", "Green beyond the Fence"),
    ("Cântece de pe alt mal", "Songs from the Other Bank"),
    ("Ora albastră", "The Blue Hour"),
    ("Masa lungă", "The Long Table"),
)
SCHOOLS = (
    "Liceul Exemplu",
    "Școala Gimnazială „Teiul”",
    "Colegiul Exemplu Nord",
    "Școala „Râul Mic”",
    "Grădinița „Curcubeul Mic”",
    "Liceul de Arte „Râul Alb”",
    "Școala Specială „Lumina Nouă”",
)
NETWORKS = (
    "Novi Sad, capitală europeană a culturii",
    "Kaunas, capitală europeană a culturii",
    "Veszprém, capitală europeană a culturii",
    "Rețeaua Exemplu a orașelor mici",
    "Rețeaua Exemplu a centrelor de artă",
)
TIMISOARA = (
    Place("Piața Unirii", "cetate", "public_space"),
    Place("Sala Felinarul", "cetate", "cultural_venue"),
    Place("Bastionul Vechi", "cetate", "heritage_site"),
    Place("Curtea cu Glicină", "cetate", "unconventional"),
    Place("Hala de Apă", "fabric", "heritage_site"),
    Place("Casa de pe Malul Stâng", "fabric", "community_space"),
    Place("Piața Veche din Fabric", "fabric", "public_space"),
    Place("Gara Mică", "iosefin", "unconventional"),
    Place("Malul Begăi, la debarcader", "iosefin", "public_space"),
    Place("Grădina de vară Salcâmul", "elisabetin", "cultural_venue"),
    Place("Clubul Vecinilor", "elisabetin", "community_space"),
    Place("Școala „Râul Mic”", "mehala", "school"),
    Place("Depoul de Tramvaie", "mehala", "unconventional"),
    Place("Biblioteca Salcâmul", "circumvalatiunii", "cultural_venue"),
    Place("Parcul dintre Blocuri", "circumvalatiunii", "public_space"),
    Place("Terasa Lipovei", "calea_lipovei", "unconventional"),
    Place("Centrul Vecinătății Torontal", "calea_torontalului", "community_space"),
    Place("Scuarul Soarelui", "soarelui", "public_space"),
    Place("Sala Girocului", "calea_girocului", "cultural_venue"),
    Place("Garajele din Șagului", "calea_sagului", "unconventional"),
    Place("Casa de Cultură Freidorf", "freidorf", "community_space"),
    Place("Scuarul Dâmbovița", "dambovita", "public_space"),
    Place("Căminul 5", "complexul_studentesc", "unconventional"),
    Place("Atelierul MultipleXity", "iosefin", "unconventional"),
    Place("Parcul Plopilor", "plopi", "public_space"),
    Place("Școala „Teiul”", "fratelia", "school"),
    Place("Curtea Ronaț", "ronat", "community_space"),
    Place("Casa Comunității Blașcovici", "blascovici", "community_space"),
    Place("Moara din Ghiroda Nouă", "ghiroda_noua", "heritage_site"),
    Place("Scena din Aradului", "calea_aradului", "public_space"),
)
BUCHAREST = (
    Place("Pasajul Ascuns", "centrul_istoric", "unconventional"),
    Place("Curtea din Grivița", "grivita", "community_space"),
    Place("Terasa din Tei", "tei", "unconventional"),
    Place("Piața Obor, hala mică", "obor", "public_space"),
    Place("Casa Pantelimon", "pantelimon", "community_space"),
    Place("Parcul Titan, malul de nord", "titan", "public_space"),
    Place("Scara B", "dristor", "unconventional"),
    Place("Sala Vitan", "vitan", "cultural_venue"),
    Place("Scuarul Berceni", "berceni", "public_space"),
    Place("Atelierul Rahova", "rahova", "cultural_venue"),
    Place("Școala „Salcia” din Ferentari", "ferentari", "school"),
    Place("Cinema în Drumul Taberei", "drumul_taberei", "public_space"),
    Place("Gara Giulești", "giulesti", "heritage_site"),
    Place("Grădina Crângași", "crangasi", "public_space"),
)
