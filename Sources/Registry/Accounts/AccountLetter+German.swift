extension AccountLetter {
    func german(_ shop: String, by means: Means) -> Words {
        let (by, it) =
            switch means {
            case .link: ("über diesen Link", "Der Link")
            case .code: ("mit diesem Code", "Der Code")
            }
        return switch self {
        case .invitation:
            Words(
                subject: "Ihr Kundenkonto bei \(shop)",
                text: "\(shop) hat ein Kundenkonto für Sie angelegt. Bitte bestätigen Sie es \(by):",
                end: "\(it) gilt 14 Tage. Wenn Sie kein Konto möchten, brauchen Sie nichts zu tun.")
        case .signUp:
            Words(
                subject: "Bitte bestätigen Sie Ihr Konto bei \(shop)",
                text: "Willkommen bei \(shop). Bitte bestätigen Sie Ihre E-Mail-Adresse \(by):",
                end: "\(it) gilt 14 Tage. Wenn Sie sich nicht angemeldet haben, brauchen Sie nichts zu tun.")
        case .signIn:
            Words(
                subject: "Ihre Anmeldung bei \(shop)", text: "Sie melden sich bei \(shop) an \(by):",
                end:
                    "\(it) gilt 15 Minuten und nur ein Mal. Wenn Sie sich nicht anmelden wollten, brauchen Sie "
                    + "nichts zu tun.")
        case .password:
            Words(
                subject: "Ihr Passwort bei \(shop)",
                text: "Sie legen bei \(shop) ein neues Passwort fest \(by):",
                end:
                    "\(it) gilt 15 Minuten und nur ein Mal. Wenn Sie kein neues Passwort wollten, brauchen Sie nichts "
                    + "zu tun: Ihr altes gilt weiter.")
        case .emailChange:
            Words(
                subject: "Bitte bestätigen Sie Ihre neue Adresse",
                text:
                    "Diese E-Mail-Adresse soll zu einem Kundenkonto bei \(shop) gehören. Bitte bestätigen Sie das "
                    + "\(by):",
                end: "Bis dahin gilt die alte Adresse. Wenn Sie davon nichts wissen, brauchen Sie nichts zu tun.")
        case .emailChanged:
            Words(
                subject: "Ihre E-Mail-Adresse wurde geändert",
                text: "Zu Ihrem Kundenkonto bei \(shop) gehört jetzt eine andere E-Mail-Adresse.",
                end: "Wenn Sie das nicht veranlasst haben, antworten Sie bitte auf diese Nachricht.")
        case .left(let number, let name):
            Words(
                subject: "Kunde \(number) hat sein Konto gelöscht",
                text: "Kunde \(number) (\(name)) hat das eigene Kundenkonto gelöscht.",
                end: "Der Eintrag mit den Bestellungen ist noch da. Wenn auch die persönlichen Daten gehen sollen: "
                    + "customer.erase.")
        }
    }
}
