/// What the attributes of directory entries say of a customer.
///
/// <https://www.rfc-editor.org/rfc/rfc4519>, <https://www.rfc-editor.org/rfc/rfc2798>, and those of Mozilla:
/// <https://wiki.mozilla.org/MailNews:Mozilla_LDAP_Address_Book_Schema>
enum LDIFWords {
    /// Takes over an attribute with its text.
    static func take(_ property: CardProperty, _ value: String, into cells: inout CardCells) {
        let name = property.name.lowercased()
        if let field = fields[name] {
            switch field {
            // A link may be followed by what it leads to. <https://www.rfc-editor.org/rfc/rfc2079>
            case .custom("website"): cells.add(name, field, value.split(separator: " ").first.map(String.init) ?? "")
            case .joined: cells.add(name, field, time(value))
            case _ where name == "postaladdress" || name == "homepostaladdress":
                cells.add(name, field, value.split(separator: "$").map { String($0).trimmed }.joined(separator: "\n"))
            default: cells.add(name, field, value)
            }
            return
        }
        switch HeaderWords.meaning(of: name) {
        case .withheld(let reason): return cells.add(name, .withheld(reason), value)
        case .field(.password): return cells.add(name, .withheld(.password), value)
        case .field, .leftOut, .unknown: break
        }
        if property.isBinary { return cells.add(name, .leftOut(.media), value) }
        if technical.contains(name) { return cells.add(name, .leftOut(.technical), value) }
        let isTaxNumber = HeaderWords.meaning(of: name) == .field(.vatID)
        cells.add(name, isTaxNumber ? .field(.vatID) : .unknown, value)
    }

    private static let technical: Set<String> = [
        "modifytimestamp", "modifiersname", "creatorsname", "entrycsn", "entrydn", "structuralobjectclass",
        "subschemasubentry", "hassubordinates", "memberof", "mozillausehtmlmail", "xmozillausehtmlmail", "pager",
        "uidnumber", "gidnumber", "homedirectory", "loginshell", "gecos", "manager", "secretary", "roomnumber",
    ]

    private static let fields: [String: ImportField] = {
        let words: [(ImportField, String)] = [
            (.name, "cn commonname displayname"), (.firstName, "givenname gn"), (.lastName, "sn surname"),
            (.email, "mail email rfc822mailbox mozillasecondemail xmozillasecondemail mailalternateaddress"),
            (.phone, "telephonenumber mobile mobiletelephonenumber cellphone homephone hometelephonenumber"),
            (.custom("fax"), "fax facsimiletelephonenumber"), (.company, "o organizationname company"),
            (.custom("department"), "ou department orgunit organizationalunitname departmentnumber"),
            (.custom("job_title"), "title"), (.custom("nickname"), "mozillanickname xmozillanickname nickname"),
            (.custom("website"), "labeleduri labeledurl mozillaworkurl mozillahomeurl workurl homeurl url wwwhomepage"),
            (.note, "description notes info comment"), (.birthYear, "birthyear"), (.birthMonth, "birthmonth"),
            (.birthDay, "birthday"), (.birthday, "dateofbirth birthdate"), (.language, "preferredlanguage"),
            (.externalID, "uid entryuuid objectguid employeenumber"), (.joined, "createtimestamp"),
            (.tags, "category categories keyword"), (.address(.work, .line1), "street streetaddress postaladdress"),
            (.address(.work, .line2), "mozillaworkstreet2 mozillapostaladdress2"),
            (.address(.work, .city), "l locality localityname"), (.address(.work, .region), "st state region"),
            (.address(.work, .postcode), "postalcode zip"), (.address(.work, .postBox), "postofficebox"),
            (.address(.work, .country), "c countryname co friendlycountryname"),
            (.address(.home, .line1), "mozillahomestreet homepostaladdress homestreet"),
            (.address(.home, .line2), "mozillahomestreet2 mozillahomepostaladdress2"),
            (.address(.home, .city), "mozillahomelocalityname"), (.address(.home, .region), "mozillahomestate"),
            (.address(.home, .postcode), "mozillahomepostalcode"),
            (.address(.home, .country), "mozillahomecountryname"),
        ]
        var fields: [String: ImportField] = [:]
        for (field, names) in words {
            for name in names.split(separator: " ") { fields[String(name)] = field }
        }
        return fields
    }()

    /// A time as directories write it, 20080618194706Z, as tables do. <https://www.rfc-editor.org/rfc/rfc4517#section-3.3.13>
    private static func time(_ value: String) -> String {
        let digits = Array(value.prefix { $0.isASCII && $0.isNumber }).map(String.init)
        guard digits.count >= 12, value.hasSuffix("Z") else { return value }
        func part(_ start: Int) -> String { digits[start..<(start + 2)].joined() }
        let seconds = digits.count >= 14 ? part(12) : "00"
        return "\(part(0))\(part(2))-\(part(4))-\(part(6))T\(part(8)):\(part(10)):\(seconds)Z"
    }
}
