/// The mail that asks whether a subscription was meant; it advertises nothing.
struct ConfirmationLetter {
    private let language: MailLanguage

    init(in language: MailLanguage) {
        self.language = language
    }

    func subject(of shop: Shop) -> String {
        switch language {
        case .german: "Bitte bestätigen Sie Ihre Anmeldung bei \(shop.title)"
        case .turkish: "\(shop.title) aboneliğinizi lütfen onaylayın"
        case .english: "Please confirm your subscription to \(shop.title)"
        }
    }

    func text(of shop: Shop, token: String) -> String {
        let link = shop.policies.mail.link(for: "confirm", token: token)
        switch language {
        case .german:
            return """
                Guten Tag,

                jemand möchte mit dieser E-Mail-Adresse den Newsletter von \(shop.title) erhalten.
                \(link.map { "Wenn Sie das waren, bestätigen Sie es bitte hier:\n\n\($0)" }
                ?? "Wenn Sie das waren, antworten Sie bitte auf diese Nachricht und nennen Sie uns\ndiesen Code:\n\n\(token)")

                Das ist sieben Tage lang möglich. Wenn Sie es nicht waren, brauchen Sie nichts zu tun:
                Ohne Ihre Bestätigung schicken wir Ihnen keinen Newsletter.

                \(shop.title)

                """
        case .turkish:
            return """
                Merhaba,

                bu e-posta adresi \(shop.title) bültenine kaydedilmek istendi.
                \(link.map { "Bunu siz istediyseniz lütfen buradan onaylayın:\n\n\($0)" }
                ?? "Bunu siz istediyseniz lütfen bu iletiyi yanıtlayıp bize şu kodu bildirin:\n\n\(token)")

                Bu yedi gün boyunca mümkündür. Siz istemediyseniz hiçbir şey yapmanıza gerek yok:
                onayınız olmadan size bülten göndermeyiz.

                \(shop.title)

                """
        case .english:
            return """
                Hello,

                somebody asked for the newsletter of \(shop.title) to be sent to this e-mail address.
                \(link.map { "If it was you, please confirm it here:\n\n\($0)" }
                ?? "If it was you, please answer this message and tell us this code:\n\n\(token)")

                This works for seven days. If it was not you, there is nothing to do:
                without your confirmation we send you no newsletter.

                \(shop.title)

                """
        }
    }
}
