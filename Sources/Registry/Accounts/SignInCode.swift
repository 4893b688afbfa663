/// A short code for people who cannot open the link: 8 letters and digits that are not mistaken for each other.
struct SignInCode: Sendable, Equatable {
    /// Without the hyphen.
    private let letters: String

    /// As people read it, "ABCD-2345".
    var text: String { "\(letters.prefix(4))-\(letters.suffix(4))" }

    /// What is stored of it.
    var digest: [UInt8] { SHA256.hash(Array(letters.utf8)) }

    /// Makes a new one; the system's generator is getrandom(2) on Linux.
    init() {
        var generator = SystemRandomNumberGenerator()
        letters = SpokenCode.random(prefix: "", length: 8, using: &generator)
    }

    /// Reads what somebody typed, in any case, with or without hyphen and spaces; nil when it cannot be a code.
    init?(parsing text: String) {
        let letters = text.uppercased().filter { $0 != "-" && !$0.isWhitespace }
        guard letters.count == 8, letters.allSatisfy(SpokenCode.alphabet.contains) else { return nil }
        self.letters = letters
    }
}
