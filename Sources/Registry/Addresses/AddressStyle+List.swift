extension AddressStyle {
    /// How each country writes addresses: what they need, the order of the parts, the countries.
    ///
    /// What they need: A line, C city, S region, Z postcode. The order: N name, O company, A lines and the others, K the
    /// country's own code, with `|` between lines and whatever stands between the parts of a line. Facts of Google's
    /// address data service, less the international prefixes of postcodes, with the postcode needed in all of the EU
    /// but Ireland, and with US territories as the USPS wants them. <https://chromium-i18n.appspot.com/ssl-address>
    static let byCountry: [String: AddressStyle] = {
        var styles: [String: AddressStyle] = [:]
        for row in rows.split(separator: "\n") {
            let parts = row.split(separator: ";")
            let style = AddressStyle(needed: parts[0], order: parts[1])
            for code in parts[2].split(separator: " ") { styles[String(code)] = style }
        }
        return styles
    }()

    /// The order in the country's own script, where that is another one; the same source.
    static let native: [String: AddressStyle] = [
        "CN": AddressStyle(needed: "ACSZ", order: "Z|SC|A|O|N"), "HK": AddressStyle(needed: "AS", order: "S|C|A|O|N"),
        "JP": AddressStyle(needed: "ASZ", order: "〒Z|SC|A|O|N"),
        "KR": AddressStyle(needed: "ACSZ", order: "S C|A|O|N|Z"),
        "MO": AddressStyle(needed: "A", order: "C|A|O|N"), "TW": AddressStyle(needed: "ACSZ", order: "Z|SC|A|O|N"),
    ]

    private static let rows = """
        ACZ;N|O|A|C, K Z;AS FM GU MH MP PR PW VI
        AC;N|O|A|C;AO AQ AW BF BI BJ BO BQ BV BW BZ CD CF CG CI CK CM CW DJ DM ER FJ GA GD
        AC;N|O|A|C;GH GM GQ GY KM LC LY ML MR MS MW NU QA RW SB SL SS ST SX SY TD TF TG TK
        AC;N|O|A|C;TL TO TT UG VU WS YE ZW
        AC;N|O|A|Z C;AD AZ BA DO DZ EH ET FO GE GN GW HT IS JO KG KW LA LR MA MC MD ME MG MK
        AC;N|O|A|Z C;MZ NE PS PY RS SD SN TJ TM TN TZ VA ZM
        ACZ;O|N|A|Z C;AT AX BE BL CH FI FR GF GP LI LU MF MQ NC NL PM RE SE WF YT
        ACZ;N|O|A|Z C;BG CY CZ DE DK GL GR HR NO PL PT SI SJ SK
        AC;N|O|A|C Z;BH BM BN BT IL KH LB LK LS MU MV NP SA VC
        ACZ;N|O|A|C|Z;FK GB GG GS IM IO JE PN SH TC ZA
        AC;N|O|A|C|S;AE NR PA SC SR TV
        AC;N|O|A|C|Z;AF AI KE NA SZ
        AC;N|O|A|Z C|S;AR CL CV UZ
        AC;O|N|A|C S Z;CC CX HM NF
        AC;N|O|A|C|S|Z;EG IE KP KZ
        AC;N|O|A|Z|C;AL EC OM
        ACSZ;N|O|A|C, S Z;CA TW US
        ACSZ;N|O|A|Z C S;ES IT PF
        AC;N|O|A|C|S Z;MN TH VN
        A;N|O|A|C;AG MO
        A;N|O|A|C|Z;GI VG
        AS;N|O|A|C|S Z;ID KY
        ACZ;N|O|A|C Z;MT NZ
        AC;N|O|A|C Z|S;NG PE
        AC;N|O|A|Z|C|S;AM
        ACSZ;O|N|A|C S Z;AU
        AC;N|O|A|C, S Z;BB
        AC;N|O|A|C - Z;BD
        ACSZ;O|N|A|C - S|Z;BR
        AC;N|O|A|C, S;BS
        AC;O|N|A|Z, C|S;BY
        ACSZ;N|O|A|C|S, Z;CN
        AS;N|O|A|C, S, Z;CO
        ACS;N|O|A|S, C|Z;CR
        AC;N|O|A|C S|Z;CU
        ACZ;N|O|A|Z C S;EE
        AC;N|O|A|Z-C;GT
        AS;N|O|A|C|S;HK
        ACS;N|O|A|C, S|Z;HN
        ACZ;N|O|C|A|Z;HU
        ACSZ;N|O|A|C - Z|S;IN
        ACS;O|N|A|C, S|Z;IQ
        AC;O|N|A|C|S|Z;IR
        ACS;N|O|A|C|S;JM
        ASZ;N|O|A|C, S Z;JP
        AC;N|O|A|S|C;KI
        ACS;N|O|A|C, S;KN
        ACSZ;N|O|A|C|S Z;KR
        ACZ;O|N|A|Z C S;LT
        ACZ;N|O|A|S|C, Z;LV
        AC;N|O|A|C, Z;MM
        ACSZ;N|O|A|Z C, S;MX
        ACZ;N|O|A|Z C|S;MY
        AC;N|O|A|Z|C, S;NI
        ACS;N|O|A|C Z S;PG
        AC;N|O|A|C|Z S;PH
        AC;N|O|A|C-Z;PK
        ACZ;N|O|A|Z S C;RO
        ACSZ;N|O|A|C|S|Z;RU
        AZ;N|O|A|C Z;SG
        AZ;N|O|A|Z C;SM
        ACS;N|O|A|C, S Z;SO
        ACS;N|O|A|Z-C|S;SV
        ACZ;N|O|A|Z C/S;TR
        ACZ;N|O|A|C|S|Z;UA
        ACS;N|O|A|C S Z;UM
        AC;N|O|A|Z C S;UY
        ACS;N|O|A|C Z, S;VE
        """

    /// How postcodes are grouped where that is fixed: # stands for a letter or digit.
    ///
    /// Taken from the Universal Postal Union's country sheets.
    /// <https://www.upu.int/en/universal-postal-union/activities/physical-services/addressing-solutions>
    static let postcodes: [String: String] = [
        "BR": "#####-###", "CA": "### ###", "CZ": "### ##", "GR": "### ##", "IE": "### ####", "JP": "###-####",
        "KP": "###-###",
        "NL": "#### ##", "PL": "##-###", "PT": "####-###", "SE": "### ##", "SK": "### ##",
    ]

    /// Regions that are written with a short code: countries, then the code of each region by its folded name.
    static let regionCodes: [String: [String: String]] = {
        var codes: [String: [String: String]] = [:]
        for row in regions.split(separator: "\n") {
            let parts = row.split(separator: " ", maxSplits: 2)
            codes[String(parts[0]), default: [:]][Folding.folded(String(parts[2]))] = String(parts[1])
        }
        return codes
    }()

    /// Australia, Brazil, Canada and the United States. <https://www.iso.org/obp/ui/#iso:code:3166>
    private static let regions = """
        AU ACT Australian Capital Territory
        AU NSW New South Wales
        AU NT Northern Territory
        AU QLD Queensland
        AU SA South Australia
        AU TAS Tasmania
        AU VIC Victoria
        AU WA Western Australia
        BR AC Acre
        BR AL Alagoas
        BR AP Amapá
        BR AM Amazonas
        BR BA Bahia
        BR CE Ceará
        BR DF Distrito Federal
        BR ES Espírito Santo
        BR GO Goiás
        BR MA Maranhão
        BR MT Mato Grosso
        BR MS Mato Grosso do Sul
        BR MG Minas Gerais
        BR PA Pará
        BR PB Paraíba
        BR PR Paraná
        BR PE Pernambuco
        BR PI Piauí
        BR RJ Rio de Janeiro
        BR RN Rio Grande do Norte
        BR RS Rio Grande do Sul
        BR RO Rondônia
        BR RR Roraima
        BR SC Santa Catarina
        BR SP São Paulo
        BR SE Sergipe
        BR TO Tocantins
        CA AB Alberta
        CA BC British Columbia
        CA MB Manitoba
        CA NB New Brunswick
        CA NL Newfoundland and Labrador
        CA NS Nova Scotia
        CA NT Northwest Territories
        CA NU Nunavut
        CA ON Ontario
        CA PE Prince Edward Island
        CA QC Quebec
        CA SK Saskatchewan
        CA YT Yukon
        US AL Alabama
        US AK Alaska
        US AZ Arizona
        US AR Arkansas
        US CA California
        US CO Colorado
        US CT Connecticut
        US DC District of Columbia
        US DE Delaware
        US DC Washington, D.C.
        US FL Florida
        US GA Georgia
        US HI Hawaii
        US ID Idaho
        US IL Illinois
        US IN Indiana
        US IA Iowa
        US KS Kansas
        US KY Kentucky
        US LA Louisiana
        US ME Maine
        US MD Maryland
        US MA Massachusetts
        US MI Michigan
        US MN Minnesota
        US MS Mississippi
        US MO Missouri
        US MT Montana
        US NE Nebraska
        US NV Nevada
        US NH New Hampshire
        US NJ New Jersey
        US NM New Mexico
        US NY New York
        US NC North Carolina
        US ND North Dakota
        US OH Ohio
        US OK Oklahoma
        US OR Oregon
        US PA Pennsylvania
        US PR Puerto Rico
        US RI Rhode Island
        US SC South Carolina
        US SD South Dakota
        US TN Tennessee
        US TX Texas
        US UT Utah
        US VT Vermont
        US VA Virginia
        US WA Washington
        US WV West Virginia
        US WI Wisconsin
        US WY Wyoming
        """
}
