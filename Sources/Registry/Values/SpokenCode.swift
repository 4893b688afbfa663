/// Makes codes that can be read aloud and not be guessed.
package enum SpokenCode {
    /// 32 letters and digits without 0, O, 1 and I: each says five bits.
    static let alphabet = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")

    /// A random code: `length` letters behind the prefix.
    package static func random(prefix: String, length: Int, using generator: inout SystemRandomNumberGenerator)
        -> String
    {
        var code = prefix
        for _ in 0..<length { code.append(alphabet[Int.random(in: alphabet.indices, using: &generator)]) }
        return code
    }
}
