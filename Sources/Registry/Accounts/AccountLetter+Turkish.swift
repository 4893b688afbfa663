extension AccountLetter {
    func turkish(_ shop: String, by means: Means) -> Words {
        let (by, it) =
            switch means {
            case .link: ("bu bağlantıyla", "Bağlantı")
            case .code: ("bu kodla", "Kod")
            }
        return switch self {
        case .invitation:
            Words(
                subject: "\(shop) müşteri hesabınız",
                text: "\(shop) sizin için bir müşteri hesabı oluşturdu. Lütfen \(by) onaylayın:",
                end: "\(it) 14 gün geçerlidir. Hesap istemiyorsanız bir şey yapmanız gerekmez.")
        case .signUp:
            Words(
                subject: "Lütfen \(shop) hesabınızı onaylayın",
                text: "\(shop) mağazasına hoş geldiniz. Lütfen e-posta adresinizi \(by) onaylayın:",
                end: "\(it) 14 gün geçerlidir. Siz kaydolmadıysanız bir şey yapmanız gerekmez.")
        case .signIn:
            Words(
                subject: "\(shop) için giriş bağlantınız", text: "\(shop) hesabınıza \(by) girersiniz:",
                end: "\(it) 15 dakika ve yalnızca bir kez geçerlidir. Giriş yapmak istemediyseniz bir şey "
                    + "yapmanız gerekmez.")
        case .password:
            Words(
                subject: "\(shop) şifreniz", text: "\(shop) için yeni şifrenizi \(by) belirlersiniz:",
                end: "\(it) 15 dakika ve yalnızca bir kez geçerlidir. Yeni şifre istemediyseniz bir şey yapmanız "
                    + "gerekmez: eski şifreniz geçerli kalır.")
        case .emailChange:
            Words(
                subject: "Lütfen yeni adresinizi onaylayın",
                text: "Bu e-posta adresi bir \(shop) müşteri hesabına ait olacak. Lütfen \(by) onaylayın:",
                end: "O zamana kadar eski adres geçerlidir. Bundan haberiniz yoksa bir şey yapmanız gerekmez.")
        case .emailChanged:
            Words(
                subject: "E-posta adresiniz değiştirildi",
                text: "\(shop) müşteri hesabınızın e-posta adresi artık başka.",
                end: "Bunu siz istemediyseniz lütfen bu iletiyi yanıtlayın.")
        case .left(let number, let name):
            Words(
                subject: "\(number) numaralı müşteri hesabını sildi",
                text: "\(number) numaralı müşteri (\(name)) kendi hesabını sildi.",
                end: "Siparişleriyle birlikte kaydı duruyor. Kişisel verileri de silinecekse: customer.erase.")
        }
    }
}
