/// A mail about an account, as Patron writes it.
enum AccountLetter: Sendable, Equatable {
    case invitation(token: String)
    case signUp(token: String)
    case signIn(token: String, code: String)
    case password(token: String)
    case emailChange(token: String)
    /// To the old address, after the change.
    case emailChanged
    /// To the shop: a customer has ended the account.
    case left(number: Int64, name: String)

    /// What the customer answers with: a link, or where the tenant has no page for it, a code.
    enum Means {
        case link
        case code
    }

    /// The words of one letter in one language.
    struct Words {
        let subject: String
        /// What is said before the link or code.
        let text: String
        /// What is said after it.
        let end: String
    }

    private var kind: MailKind {
        switch self {
        case .invitation: .invitation
        case .signUp: .signUp
        case .signIn: .signIn
        case .password: .password
        case .emailChange: .emailChange
        case .emailChanged: .emailChanged
        case .left: .accountLeft
        }
    }

    /// The word for the storefront's page, and the token it gets; nil for a letter without a link.
    private var link: (action: String, token: String)? {
        switch self {
        case .invitation(let token), .signUp(let token): ("accept", token)
        case .signIn(let token, _): ("sign-in", token)
        case .password(let token): ("password", token)
        case .emailChange(let token): ("email", token)
        case .emailChanged, .left: nil
        }
    }

    private var code: String? {
        switch self {
        case .signIn(_, let code): code
        case .invitation, .signUp, .password, .emailChange, .emailChanged, .left: nil
        }
    }

    func mail(to recipient: EmailAddress, of customer: CustomerID?, _ language: MailLanguage, _ shop: Shop)
        -> OutgoingMail
    {
        let page = link.flatMap { shop.policies.mail.link(for: $0.action, token: $0.token) }
        let words = words(in: language, shop: shop.title, by: page == nil ? .code : .link)
        var paragraphs = [words.text]
        if let page {
            paragraphs.append(page)
            if let code { paragraphs.append(Self.codeLine(code, in: language)) }
        } else if let answer = code ?? link?.token {
            paragraphs += [answer, Self.help(in: language, shop)]
        }
        paragraphs.append(words.end)
        paragraphs.append(shop.title)
        var mail = OutgoingMail(
            kind, to: recipient, of: customer, subject: Self.oneLine(words.subject),
            text: paragraphs.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n")
        mail.secrets = [link?.token, code].compactMap(\.self)
        return mail
    }

    private func words(in language: MailLanguage, shop: String, by means: Means) -> Words {
        switch language {
        case .german: german(shop, by: means)
        case .turkish: turkish(shop, by: means)
        case .english: english(shop, by: means)
        }
    }

    /// What to do with a code while the tenant has no page for links.
    private static func help(in language: MailLanguage, _ shop: Shop) -> String {
        let address = shop.policies.mail.from.map { " (\($0.spelling))" } ?? ""
        return switch language {
        case .german:
            "Geben Sie den Code dort ein, wo \(shop.title) danach fragt. Wenn Sie nirgends danach gefragt werden, "
                + "antworten Sie bitte auf diese Nachricht\(address): Wir helfen Ihnen weiter."
        case .turkish:
            "Kodu \(shop.title) nerede soruyorsa oraya girin. Hiçbir yerde sorulmuyorsa lütfen bu iletiyi "
                + "yanıtlayın\(address): size yardımcı oluruz."
        case .english:
            "Type or paste the code where \(shop.title) asks for it. If you are asked for it nowhere, please answer "
                + "this message\(address), and we will help you."
        }
    }

    private static func codeLine(_ code: String, in language: MailLanguage) -> String {
        switch language {
        case .german: "Oder geben Sie diesen Code ein: \(code)"
        case .turkish: "Ya da şu kodu girin: \(code)"
        case .english: "Or type this code: \(code)"
        }
    }

    /// A title or name may hold what a subject may not, and be longer.
    private static func oneLine(_ text: String) -> String {
        let line = text.map { $0.isNewline || $0.unicodeScalars.contains { $0.value < 0x20 } ? " " : $0 }
        var subject = String(line)
        while subject.utf8.count > OutboxWriter.subjectLimit { subject.removeLast() }
        return subject
    }
}
