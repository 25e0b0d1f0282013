"""All that the site says, once a language; what the care team wrote is shown as it is."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Closed:
    """A page of what cannot be shown: what happened, and what to do."""

    title: str
    happened: str
    advice: str


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of one language. `{…}` is filled in where the text is used."""

    skip: str
    home: str
    other_language: str
    problem: str
    landing_title: str
    landing_lead: str
    code_label: str
    code_helper: str
    code_error: str
    code_button: str
    what_title: str
    what_text: str
    emergency: str
    phones_title: str
    hours: str
    date_title: str
    date_lead: str
    date_label: str
    date_helper: str
    date_button: str
    date_unreadable: str
    date_wrong: str
    date_wrong_last: str
    packet_title: str
    packet_from: str
    packet_contents: str
    packet_questions: str
    packet_print: str
    packet_pdf: str
    packet_leave: str
    closed: Mapping[str, Closed]


ENGLISH = Texts(
    skip="Skip to content",
    home="Start page",
    other_language="Español",
    problem="There is a problem",
    landing_title="Your visit handouts",
    landing_lead="Read the instructions that your care team gave you at your visit.",
    code_label="Code on your handout",
    code_helper="10 letters and digits below the square pattern, for example 7K3MQ-9XW2P",
    code_error="Code on your handout must have 10 letters and digits. Check it and try again.",
    code_button="Open my handouts",
    what_title="What this site is",
    what_text="Ganger Dermatology gives you printed pages with a code, or a link by text message or e-mail. "
    "Both open your handouts here. We ask for your date of birth before we show them.",
    emergency="If this is an emergency, call 911.",
    phones_title="Call us",
    hours="Monday to Friday, 8 AM to 5 PM",
    date_title="Is this you?",
    date_lead="Enter the date of birth of the patient to open the handouts.",
    date_label="Date of birth",
    date_helper="Month, day and year, for example 06/15/1985",
    date_button="Continue",
    date_unreadable="Date of birth must be a date like 06/15/1985.",
    date_wrong="Date of birth is not the one we have. You have {left} tries left.",
    date_wrong_last="Date of birth is not the one we have. You have 1 try left.",
    packet_title="Your handouts",
    packet_from="From Ganger Dermatology {location}",
    packet_contents="In these handouts",
    packet_questions="Questions? Call {phone}.",
    packet_print="Print",
    packet_pdf="Download PDF",
    packet_leave="On a phone or computer that others use, close this page when you are done.",
    closed={
        "unknown": Closed(
            "We cannot find this page",
            "No handouts are at this address.",
            "Check the code on your printed pages and enter it again, or call us.",
        ),
        "gone": Closed(
            "These handouts are no longer available here",
            "The code or link has ended or was used already.",
            "Scan the code on your printed pages again, or call us and we will send you a new link.",
        ),
        "locked": Closed(
            "These handouts are closed for now",
            "A wrong date of birth was entered too often, so they stay closed for 24 hours.",
            "Call us and we will open them for you.",
        ),
        "limited": Closed(
            "Too many tries",
            "More was tried from your network than we allow in a short time.",
            "Wait 10 minutes and try again, or call us.",
        ),
        "away": Closed(
            "Handouts cannot be shown right now",
            "A part of our site does not answer. Your handouts are safe.",
            "Try again in a few minutes, or call us.",
        ),
    },
)

SPANISH = Texts(
    skip="Ir al contenido",
    home="Página de inicio",
    other_language="English",
    problem="Hay un problema",
    landing_title="Las hojas de su consulta",
    landing_lead="Lea las instrucciones que su equipo médico le dio en la consulta.",
    code_label="Código de su hoja",
    code_helper="10 letras y números debajo del cuadro con puntos, por ejemplo 7K3MQ-9XW2P",
    code_error="Código de su hoja debe tener 10 letras y números. Revíselo e inténtelo de nuevo.",
    code_button="Abrir mis hojas",
    what_title="Qué es este sitio",
    what_text="Ganger Dermatology le da páginas impresas con un código, o un enlace por mensaje de texto o "
    "correo electrónico. Ambos abren aquí sus hojas. Antes de mostrarlas le pedimos su fecha de nacimiento.",
    emergency="Si es una emergencia, llame al 911.",
    phones_title="Llámenos",
    hours="De lunes a viernes, de 8 a. m. a 5 p. m.",
    date_title="¿Es usted?",
    date_lead="Escriba la fecha de nacimiento del paciente para abrir las hojas.",
    date_label="Fecha de nacimiento",
    date_helper="Mes, día y año, por ejemplo 06/15/1985 para el 15 de junio de 1985",
    date_button="Continuar",
    date_unreadable="Fecha de nacimiento debe ser una fecha como 06/15/1985: mes, día y año.",
    date_wrong="Fecha de nacimiento no es la que tenemos. Le quedan {left} intentos.",
    date_wrong_last="Fecha de nacimiento no es la que tenemos. Le queda 1 intento.",
    packet_title="Sus hojas",
    packet_from="De Ganger Dermatology {location}",
    packet_contents="En estas hojas",
    packet_questions="¿Preguntas? Llame al {phone}.",
    packet_print="Imprimir",
    packet_pdf="Descargar PDF",
    packet_leave="En un teléfono o computadora que usan otras personas, cierre esta página cuando termine.",
    closed={
        "unknown": Closed(
            "No encontramos esta página",
            "No hay hojas en esta dirección.",
            "Revise el código de sus páginas impresas y escríbalo de nuevo, o llámenos.",
        ),
        "gone": Closed(
            "Estas hojas ya no están disponibles aquí",
            "El código o enlace terminó o ya se usó.",
            "Escanee de nuevo el código de sus páginas impresas, o llámenos y le enviaremos un enlace nuevo.",
        ),
        "locked": Closed(
            "Estas hojas están cerradas por ahora",
            "Se escribió demasiadas veces una fecha de nacimiento equivocada; se abren de nuevo en 24 horas.",
            "Llámenos y se las abriremos.",
        ),
        "limited": Closed(
            "Demasiados intentos",
            "Desde su red se intentó más de lo que permitimos en poco tiempo.",
            "Espere 10 minutos e inténtelo de nuevo, o llámenos.",
        ),
        "away": Closed(
            "No podemos mostrar las hojas en este momento",
            "Una parte de nuestro sitio no responde. Sus hojas están seguras.",
            "Inténtelo de nuevo en unos minutos, o llámenos.",
        ),
    },
)

TEXTS: Mapping[str, Texts] = {"en": ENGLISH, "es": SPANISH}
