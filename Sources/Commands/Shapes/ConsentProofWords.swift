internal import Registry

/// The words of a proof of consent in one language.
struct ConsentProofWords {
    let language: MailLanguage

    init(in language: MailLanguage) {
        self.language = language
    }

    var title: String { word("Nachweis der Einwilligungen bei", "Proof of consent given to", "Onay belgesi:") }
    var number: String { word("Kundennummer", "Customer number", "Müşteri numarası") }
    var name: String { word("Name", "Name", "Ad") }
    var email: String { word("E-Mail", "E-mail", "E-posta") }
    var phone: String { word("Telefon", "Telephone", "Telefon") }
    var made: String { word("Erstellt am", "Made on", "Düzenlenme tarihi") }
    var zone: String { word("Zeitzone", "Time zone", "Saat dilimi") }
    var standing: String { word("Stand", "Where it stands", "Güncel durum") }
    var evidence: String { word("Verlauf", "What was said", "Kayıtlar") }
    var purpose: String { word("Zweck", "Purpose", "Amaç") }
    var status: String { word("Stand", "State", "Durum") }
    var since: String { word("Seit", "Since", "Tarih") }
    var time: String { word("Zeit", "Time", "Zaman") }
    var statement: String { word("Aussage", "Statement", "Beyan") }
    var wording: String { word("Wortlaut", "Wording", "Metin") }
    var channel: String { word("Kanal", "Channel", "Kanal") }
    var actor: String { word("Erfasst von", "Entered by", "Kaydeden") }
    var origin: String { word("Herkunft", "Origin", "Kaynak") }
    var order: String { word("Bestellung", "Order", "Sipariş") }
    var address: String { word("Netzadresse", "Network address", "Ağ adresi") }
    var note: String { word("Vermerk", "Note", "Not") }

    /// What people read for a word of the protocol: a purpose, a state or an origin; others stay as they are.
    func name(of slug: String) -> String {
        switch slug {
        case "newsletter": word("Newsletter", "Newsletter", "Bülten")
        case "sms": "SMS"
        case "phone": word("Anruf", "Telephone calls", "Telefonla arama")
        case "post": word("Briefpost", "Post", "Posta")
        case "pending": word("angefragt, noch nicht bestätigt", "asked for, not confirmed yet", "onay bekliyor")
        case "subscribed": word("eingewilligt", "agreed", "onaylandı")
        case "unsubscribed": word("widersprochen", "objected", "reddedildi")
        case "bounced": word("nicht erreichbar", "cannot be reached", "ulaşılamıyor")
        case "erased": word("gelöscht", "erased", "silindi")
        case "suppressed":
            word(
                "nicht gewertet: Widerspruch besteht", "not counted: there is an objection",
                "geçersiz: itiraz kayıtlı")
        case "person": word("die Person selbst", "the person", "kişinin kendisi")
        case "staff": word("Personal", "staff", "personel")
        case "checkout": word("Kasse oder Formular", "checkout or form", "ödeme sayfası veya form")
        case "import": word("Import", "import", "içe aktarma")
        case "merge": word("Zusammenführung", "merge", "birleştirme")
        case "complaint": word("Beschwerde über eine Mail", "complaint about a mail", "e-posta şikâyeti")
        case "bounce": word("unzustellbare Mail", "returned mail", "geri dönen e-posta")
        case "suppression": word("Sperrliste", "suppression list", "engelleme listesi")
        case "erasure": word("Löschung", "erasure", "silme")
        default: slug
        }
    }

    private func word(_ german: String, _ english: String, _ turkish: String) -> String {
        switch language {
        case .german: german
        case .english: english
        case .turkish: turkish
        }
    }
}
