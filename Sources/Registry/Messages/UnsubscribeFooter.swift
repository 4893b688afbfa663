/// What stands under every mail that advertises: why it came, and how to end that.
struct UnsubscribeFooter {
    private let language: MailLanguage

    init(in language: MailLanguage) {
        self.language = language
    }

    /// The text with what stands under it.
    func put(under text: String, of shop: Shop, link: String) -> String {
        let reason: String
        switch language {
        case .german:
            reason = """
                Sie bekommen diese E-Mail, weil Sie dem Newsletter von \(shop.title) zugestimmt haben.
                Hier können Sie ihn abbestellen:
                """
        case .turkish:
            reason = """
                Bu e-postayı \(shop.title) bültenini almayı kabul ettiğiniz için alıyorsunuz.
                Abonelikten buradan çıkabilirsiniz:
                """
        case .english:
            reason = """
                You get this e-mail because you agreed to the newsletter of \(shop.title).
                You can unsubscribe here:
                """
        }
        return "\(text)\n\n--\n\(reason)\n\(link)\n"
    }
}
