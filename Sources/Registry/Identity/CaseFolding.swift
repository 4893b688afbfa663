/// Case folding that is the same in every locale.
enum CaseFolding {
    /// Appends the full case folding of one character.
    ///
    /// Lower case of upper case of lower case is the default folding up to the choice of a representative: ß and ẞ
    /// become ss, ς becomes σ, İ becomes i with a dot above. The dotless ı is left alone, as the default asks.
    /// <https://www.unicode.org/Public/UCD/latest/ucd/CaseFolding.txt>
    static func append(_ scalar: Unicode.Scalar, to folded: inout String.UnicodeScalarView) {
        if scalar.value < 0x80 {
            let isUpper = scalar.value >= 0x41 && scalar.value <= 0x5A
            folded.append(isUpper ? Unicode.Scalar(UInt8(scalar.value) + 0x20) : scalar)
            return
        }
        if scalar == "ı" {
            folded.append(scalar)
            return
        }
        for lower in scalar.properties.lowercaseMapping.unicodeScalars {
            for upper in lower.properties.uppercaseMapping.unicodeScalars {
                folded.append(contentsOf: upper.properties.lowercaseMapping.unicodeScalars)
            }
        }
    }
}
