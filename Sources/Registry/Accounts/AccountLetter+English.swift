extension AccountLetter {
    func english(_ shop: String, by means: Means) -> Words {
        let (by, it) =
            switch means {
            case .link: ("by this link", "The link")
            case .code: ("with this code", "The code")
            }
        return switch self {
        case .invitation:
            Words(
                subject: "Your account at \(shop)",
                text: "\(shop) has made an account for you. Please confirm it \(by):",
                end: "\(it) is good for 14 days. If you want no account, there is nothing to do.")
        case .signUp:
            Words(
                subject: "Please confirm your account at \(shop)",
                text: "Welcome to \(shop). Please confirm your e-mail address \(by):",
                end: "\(it) is good for 14 days. If you did not sign up, there is nothing to do.")
        case .signIn:
            Words(
                subject: "Sign in to \(shop)", text: "You sign in to \(shop) \(by):",
                end: "\(it) is good for 15 minutes, and once only. If you did not want to sign in, there is "
                    + "nothing to do.")
        case .password:
            Words(
                subject: "Your password at \(shop)", text: "You set a new password for \(shop) \(by):",
                end: "\(it) is good for 15 minutes, and once only. If you did not ask for a new password, there is "
                    + "nothing to do: the old one stays good.")
        case .emailChange:
            Words(
                subject: "Please confirm your new address",
                text: "This e-mail address shall belong to an account at \(shop). Please confirm that \(by):",
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
