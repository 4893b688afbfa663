internal import StrictJSON

/// One thing that a restore must not undo, or that it may again: keyed hashes, ids, numbers and times, and no name or
/// address.
enum LedgerLine: Sendable {
    case key(name: String, value: [UInt8])
    case suppressed(RestoreLedger.Place, Suppression)
    case lifted(RestoreLedger.Place)
    case erased(RestoreLedger.Person)
    case objected(RestoreLedger.Person, ConsentState)
    case agreed(RestoreLedger.Person, ConsentPurpose)
    case revoked(selector: String, at: Int64)
    /// With the keyed hashes of the person's contacts.
    case denied(RestoreLedger.Person, hashes: [[UInt8]])
    case allowed(RestoreLedger.Person)
    case contactDenied(hash: [UInt8])
    case contactAllowed(hash: [UInt8])

    /// The line as it is stored.
    var json: JSONFragment {
        JSONWriter.object { writer in
            switch self {
            case .key(let name, let value):
                writer.member("key", name)
                writer.member("value", Hexadecimal.text(value))
            case .suppressed(let place, let suppression):
                writer.member("hash", Hexadecimal.text(place.hash))
                writer.member("purpose", place.purpose.rawValue)
                writer.member("reason", suppression.reason.rawValue)
                writer.member("at", suppression.at.seconds)
            case .lifted(let place):
                writer.member("lifted", Hexadecimal.text(place.hash))
                writer.member("purpose", place.purpose.rawValue)
            case .erased(let person): Self.write(person, as: "erased", to: &writer)
            case .objected(let person, let state):
                Self.write(person, as: "objected", to: &writer)
                writer.member("purpose", state.purpose.rawValue)
                writer.member("status", state.status.rawValue)
                writer.member("at", state.changedAt.seconds)
            case .agreed(let person, let purpose):
                Self.write(person, as: "agreed", to: &writer)
                writer.member("purpose", purpose.rawValue)
            case .revoked(let selector, let at):
                writer.member("revoked", selector)
                writer.member("at", at)
            case .denied(let person, let hashes):
                Self.write(person, as: "denied", to: &writer)
                writer.member("hashes", hashes.map(Hexadecimal.text))
            case .allowed(let person): Self.write(person, as: "allowed", to: &writer)
            case .contactDenied(let hash): writer.member("denied_contact", Hexadecimal.text(hash))
            case .contactAllowed(let hash): writer.member("allowed_contact", Hexadecimal.text(hash))
            }
        }
    }

    private static func write(_ person: RestoreLedger.Person, as word: String, to writer: inout JSONWriter) {
        writer.member(word, person.id.rawValue)
        writer.member("number", person.number)
        writer.member("joined", person.joinedAt)
    }
}

extension LedgerLine {
    /// Reads a line; nil when it makes no sense.
    init?(_ json: JSON) {
        guard let word = json.objectValue?.first?.name else { return nil }
        let (person, at) = (Self.person(word, json), json["at"]?.integerValue)
        let purpose = json.text("purpose").flatMap(ConsentPurpose.init(rawValue:))
        let hash = json.text(word).flatMap(Self.bytes)
        let line: LedgerLine? =
            switch word {
            case "key":
                json.text("value").flatMap(Self.bytes).flatMap { value in
                    json.text("key").map { .key(name: $0, value: value) }
                }
            case "hash": Self.suppressed(json, hash, purpose, at)
            case "lifted":
                hash.flatMap { hash in purpose.map { .lifted(RestoreLedger.Place(hash: hash, purpose: $0)) } }
            case "erased": person.map { .erased($0) }
            case "objected": person.flatMap { Self.objected($0, json, purpose, at) }
            case "agreed": person.flatMap { person in purpose.map { .agreed(person, $0) } }
            case "revoked": json.text("revoked").flatMap { selector in at.map { .revoked(selector: selector, at: $0) } }
            case "denied": person.flatMap { Self.denied($0, json) }
            case "allowed": person.map { .allowed($0) }
            case "denied_contact": hash.map { .contactDenied(hash: $0) }
            case "allowed_contact": hash.map { .contactAllowed(hash: $0) }
            default: nil
            }
        guard let line else { return nil }
        self = line
    }

    private static func suppressed(
        _ json: JSON, _ hash: [UInt8]?, _ purpose: ConsentPurpose?, _ at: Int64?
    ) -> LedgerLine? {
        guard let hash, let purpose, let at, let reason = json.text("reason").flatMap(SuppressionReason.init(rawValue:))
        else { return nil }
        return .suppressed(
            RestoreLedger.Place(hash: hash, purpose: purpose),
            Suppression(purpose: purpose, reason: reason, at: Instant(seconds: at)))
    }

    private static func objected(
        _ person: RestoreLedger.Person, _ json: JSON, _ purpose: ConsentPurpose?, _ at: Int64?
    ) -> LedgerLine? {
        guard let purpose, let at, let status = json.text("status").flatMap(ConsentStatus.init(rawValue:)) else {
            return nil
        }
        return .objected(person, ConsentState(purpose: purpose, status: status, changedAt: Instant(seconds: at)))
    }

    private static func denied(_ person: RestoreLedger.Person, _ json: JSON) -> LedgerLine? {
        guard let texts = json["hashes"]?.arrayValue else { return nil }
        let hashes = texts.compactMap(\.stringValue).compactMap(bytes)
        return hashes.count == texts.count ? .denied(person, hashes: hashes) : nil
    }

    private static func person(_ word: String, _ json: JSON) -> RestoreLedger.Person? {
        guard let id = json[word]?.integerValue, let number = json["number"]?.integerValue,
            let joined = json["joined"]?.integerValue
        else { return nil }
        return RestoreLedger.Person(id: CustomerID(rawValue: id), number: number, joinedAt: joined)
    }

    private static func bytes(_ hexadecimal: String) -> [UInt8]? {
        let digits = Array(hexadecimal.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(byte)
        }
        return bytes
    }
}

extension JSON {
    fileprivate func text(_ name: String) -> String? { self[name]?.stringValue }
}
