/// What the properties of vCards say of a customer. <https://www.rfc-editor.org/rfc/rfc6350#section-6>
enum VCardWords {
    /// Takes over a property with its text.
    static func take(_ property: CardProperty, _ value: String, into cells: inout CardCells) {
        let name = property.name
        let text = CardValue.text(value, property.escapes)
        switch name {
        case "N": takeName(CardValue.parts(value, property.escapes), into: &cells)
        case "ADR": takeAddress(CardValue.parts(value, property.escapes), property.types, into: &cells)
        case "ORG":
            let parts = CardValue.parts(value, property.escapes)
            cells.add("ORG", .company, parts.first ?? "")
            cells.add("ORG unit", .custom("department"), parts.dropFirst().joined(separator: ", "))
        case "TEL": takePhone(text, property.types, into: &cells)
        case "EMAIL": cells.add("EMAIL", .email, uri(text, "mailto:"))
        case "BDAY": cells.add("BDAY", .birthday, property.lacksYear ? "--" + text.suffix(5) : text)
        case "CATEGORIES":
            let words = CardValue.parts(value, property.escapes, at: ",").map(\.trimmed).filter { !$0.isEmpty }
            // A list whose commas are all escaped is one of those that some programs write, and no name of one tag.
            cells.add("CATEGORIES", .tags, words.count == 1 ? words[0] : ListText.text(words))
        case "UID": cells.add("UID", .externalID, uri(text, "urn:uuid:"))
        case "GENDER":
            let gender = CardValue.parts(value, property.escapes)
            cells.add("GENDER", .custom("gender"), gender.first { !$0.isEmpty } ?? "")
        case "X-SOCIALPROFILE", "IMPP": cells.add(name, .unknown, text)
        default:
            if let field = fields[name] {
                cells.add(name, field, text)
            } else if let reason = leftOut[name] ?? prefix(name) {
                cells.add(name, .leftOut(reason), text)
            } else {
                cells.add(name, other(name), text)
            }
        }
    }

    private static let fields: [String: ImportField] = [
        "FN": .name, "NOTE": .note, "LANG": .language, "CREATED": .joined, "NICKNAME": .custom("nickname"),
        "TITLE": .custom("job_title"), "ROLE": .custom("occupation"), "URL": .custom("website"),
        "X-GENDER": .custom("gender"), "ANNIVERSARY": .custom("anniversary"), "X-ANNIVERSARY": .custom("anniversary"),
        "X-MS-ANNIVERSARY": .custom("anniversary"),
    ]

    private static let leftOut: [String: LeftOut] = [
        "PHOTO": .media, "LOGO": .media, "SOUND": .media, "KEY": .media, "X-MS-CARDPICTURE": .media, "AGENT": .media,
        "X-PHONETIC-FIRST-NAME": .phonetic, "X-PHONETIC-LAST-NAME": .phonetic, "X-PHONETIC-MIDDLE-NAME": .phonetic,
        "X-PHONETIC-ORG": .phonetic, "SORT-STRING": .phonetic, "LABEL": .repeated, "X-ABADR": .repeated,
        "NAME": .repeated, "X-ABLABEL": .kind, "X-ABSHOWAS": .kind, "PRODID": .technical, "REV": .technical,
        "CLASS": .technical, "PROFILE": .technical, "SOURCE": .technical, "MAILER": .technical, "TZ": .technical,
        "GEO": .technical, "X-GENERATOR": .technical, "X-ABUID": .technical, "X-ETAG": .technical, "X-ID": .technical,
        "FBURL": .technical, "CALURI": .technical, "CALADRURI": .technical, "CLIENTPIDMAP": .technical,
        "XML": .technical,
    ]

    /// Why properties of some programs are left out.
    private static func prefix(_ name: String) -> LeftOut? {
        name.hasPrefix("X-MS-OL-") || name.hasPrefix("X-FC-") ? .technical : nil
    }

    /// Properties of one's own: secrets and numbers for taxes are known by their headers in tables.
    private static func other(_ name: String) -> ImportColumn.Meaning {
        let meaning = HeaderWords.meaning(of: name.hasPrefix("X-") ? String(name.dropFirst(2)) : name)
        switch meaning {
        case .withheld, .field(.vatID): return meaning
        case .field(.password): return .withheld(.password)
        case .field, .leftOut, .unknown: return .unknown
        }
    }

    private static func takeName(_ parts: [String], into cells: inout CardCells) {
        let columns: [(String, ImportField)] = [
            ("N family", .lastName), ("N given", .firstName), ("N additional", .middleName),
            ("N prefix", .custom("name_prefix")), ("N suffix", .custom("name_suffix")),
        ]
        for (part, column) in zip(parts, columns) { cells.add(column.0, column.1, part) }
    }

    private static func takePhone(_ text: String, _ types: Set<String>, into cells: inout CardCells) {
        let pieces = uri(text, "tel:").split(separator: ";", maxSplits: 1).map(String.init)
        var number = pieces.first ?? ""
        // <https://www.rfc-editor.org/rfc/rfc3966#section-5.3>
        if pieces.count > 1, pieces[1].hasPrefix("ext=") { number += " ext. " + pieces[1].dropFirst(4) }
        if types.contains("fax") { return cells.add("TEL fax", .custom("fax"), number) }
        if !types.isDisjoint(with: ["pager", "modem", "bbs", "telex", "textphone", "callback"]) {
            return cells.add("TEL pager", .leftOut(.technical), number)
        }
        cells.add("TEL", .phone, number)
    }

    private static func takeAddress(_ parts: [String], _ types: Set<String>, into cells: inout CardCells) {
        let wanted: ImportAddressRole = types.contains("home") ? .home : types.contains("work") ? .work : .main
        let role = cells.freeRole(wanted)
        let columns: [(String, ImportAddressPart)] = [
            ("post box", .postBox), ("extended", .line2), ("street", .line1), ("city", .city), ("region", .region),
            ("postcode", .postcode), ("country", .country),
        ]
        let title = role.map { $0 == .main ? "ADR" : "ADR \($0.rawValue)" } ?? "ADR more"
        for (part, column) in zip(parts, columns) {
            cells.add("\(title) \(column.0)", role.map { .field(.address($0, column.1)) } ?? .unknown, part)
        }
    }

    /// A value without the scheme of an address on the net.
    private static func uri(_ text: String, _ scheme: String) -> String {
        text.lowercased().hasPrefix(scheme) ? String(text.dropFirst(scheme.count)) : text
    }
}

extension CardCells {
    /// Which address a further one is: as wanted, else another; nil when all are taken.
    func freeRole(_ wanted: ImportAddressRole) -> ImportAddressRole? {
        let roles = [wanted, .main, .second, .third]
        return roles.first { role in
            !cells.contains { cell in
                if case .field(.address(role, _)) = cell.meaning { return true }
                return false
            }
        }
    }
}
