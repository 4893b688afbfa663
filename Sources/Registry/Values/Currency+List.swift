extension Currency {
    /// The currencies of ISO 4217 and the number of digits of their minor unit.
    ///
    /// Also those withdrawn of late, which old orders name; metals, drawing rights and test codes have no minor
    /// unit and are left out. <https://www.six-group.com/en/products-services/financial-information/data-standards.html>
    static let fractionDigitsByCode: [String: UInt8] = {
        var table: [String: UInt8] = [:]
        for (digits, codes) in [(0, withoutFraction), (2, withCents), (3, withThousandths), (4, withFourDigits)] {
            for code in codes.split(whereSeparator: \.isWhitespace) { table[String(code)] = UInt8(digits) }
        }
        return table
    }()

    private static let withoutFraction = """
        BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF
        """

    private static let withCents = """
        AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD
        CDF CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP
        GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD
        MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR
        PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP
        TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG ZWL
        """

    private static let withThousandths = "BHD IQD JOD KWD LYD OMR TND"

    private static let withFourDigits = "CLF UYW"
}
