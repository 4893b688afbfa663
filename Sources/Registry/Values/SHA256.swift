/// The hash function SHA-256. <https://doi.org/10.6028/NIST.FIPS.180-4>
public enum SHA256 {
    /// The 32 bytes of the hash.
    public static func hash(_ bytes: [UInt8]) -> [UInt8] {
        var digest = SHA256Digest()
        bytes.withUnsafeBufferPointer { digest.update($0) }
        return digest.finish()
    }
}
