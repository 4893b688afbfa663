/// The same made-up people on every run: names of several languages, an e-mail address each.
struct People {
    struct Person {
        let name: String
        let email: String
        let phone: String
    }

    static let firstNames = [
        "Anna", "Jürgen", "Ayşe", "Emre", "Sophie", "Łukasz", "Søren", "Chloé", "Oğuz", "Işıl", "Maria", "Peter",
        "Fatma", "Mehmet", "Hans", "Grete", "John", "Emily", "Zeynep", "Björn", "Ursula", "Karl", "Elif", "Can",
        "Lena", "Paul", "Nina", "Ole", "Inga", "Tom", "Yusuf", "Hatice", "Käthe", "Max", "Eva", "Noah", "Mia", "Leon",
    ]
    static let lastNames = [
        "Müller", "Schmidt", "Schneider", "Fischer", "Weber", "Meyer", "Wagner", "Becker", "Schulz", "Hoffmann",
        "Schäfer", "Koch", "Bauer", "Richter", "Klein", "Wolf", "Schröder", "Neumann", "Schwarz", "Zimmermann", "Braun",
        "Krüger", "Hartmann", "Lange", "Weiß", "Yılmaz", "Kaya", "Demir", "Şahin", "Çelik", "Yıldız", "Öztürk", "Aydın",
        "Işık", "Kılıç", "Arslan", "Doğan", "Koç", "Smith", "Johnson", "Brown", "Taylor", "Anderson", "Walker",
        "Thompson", "Nowak", "Kowalski", "Hansen", "Jensen", "Lindqvist", "Dubois", "Moreau", "Rossi", "Ferrari",
    ]
    private static let hosts = [
        "gmail.com", "gmx.de", "web.de", "hotmail.com", "t-online.de", "yahoo.com", "icloud.com", "example.org",
        "ornek.com.tr", "posta.example.net",
    ]
    private static let syllables = [
        "ba", "del", "kor", "mi", "ran", "sto", "ven", "lo", "ha", "ger", "tu", "ni", "wes", "ten", "fi", "mar", "os",
        "ulm", "ber", "gar",
    ]

    private var state: UInt64 = 42

    /// The next person; the number makes the address unique.
    mutating func next(_ number: Int) -> Person {
        let first = Self.firstNames[pick(Self.firstNames.count)]
        // One in three has a rare name.
        let last = pick(3) > 0 ? Self.lastNames[pick(Self.lastNames.count)] : rareName()
        let local = "\(Self.plain(first)).\(Self.plain(last))\(number % 1000 * 7919 % 1000)"
        return Person(
            name: "\(first) \(last)", email: "\(local).\(Self.letters(number))@\(Self.hosts[pick(Self.hosts.count)])",
            phone: "0171 \(1_000_000 + pick(8_999_999))")
    }

    private mutating func rareName() -> String {
        let name = (0..<3).map { _ in Self.syllables[pick(Self.syllables.count)] }.joined()
        return name.prefix(1).uppercased() + name.dropFirst()
    }

    /// A number below `bound` (https://prng.di.unimi.it/splitmix64.c).
    mutating func pick(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }

    private static func letters(_ number: Int) -> String {
        String(number, radix: 36)
    }

    private static func plain(_ name: String) -> String {
        String(name.lowercased().unicodeScalars.filter { $0.isASCII && $0.properties.isAlphabetic })
    }
}
