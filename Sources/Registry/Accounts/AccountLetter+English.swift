extension AccountLetter {
    func english(_ shop: String) -> Words {
        switch self {
        case .invitation:
            Words(
                subject: "Your account at \(shop)",
                text: "\(shop) has made an account for you. Please confirm it by this link:",
                end: "The link is good for 14 days. If you want no account, there is nothing to do.")
        case .signUp:
            Words(
                subject: "Please confirm your account at \(shop)",
                text: "Welcome to \(shop). Please confirm your e-mail address by this link:",
                end: "The link is good for 14 days. If you did not sign up, there is nothing to do.")
        case .signIn:
            Words(
                subject: "Sign in to \(shop)", text: "This link signs you in to \(shop):",
                end: "Link and code are good for 15 minutes, and once only. If you did not want to sign in, there is "
                    + "nothing to do.")
        case .password:
            Words(
                subject: "Your password at \(shop)", text: "By this link you set a new password for \(shop):",
                end: "The link is good for 15 minutes, and once only. If you did not ask for a new password, there is "
                    + "nothing to do: the old one stays good.")
        case .emailChange:
            Words(
                subject: "Please confirm your new address",
                text: "This e-mail address shall belong to an account at \(shop). Please confirm that by this link:",
                end: "Until then the old address stays. If you know nothing of it, there is nothing to do.")
        case .emailChanged:
            Words(
                subject: "Your e-mail address has been changed",
                text: "Another e-mail address belongs to your account at \(shop) now.",
                end: "If this was not your wish, please answer this message.")
        case .left(let number, let name):
            Words(
                subject: "Customer \(number) has deleted the account",
                text: "Customer \(number) (\(name)) has deleted the own account.",
                end: "The record with the orders is still there. If the personal data shall go as well: customer.erase."
            )
        }
    }
}
