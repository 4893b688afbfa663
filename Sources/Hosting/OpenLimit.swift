/// How much may be open at a time.
public struct OpenLimit: Sendable {
    /// Tenants whose databases are open.
    public var tenants: Int
    /// Of those, the ones that keep what makes their next change fast: compiled statements, and pages of the file.
    public var warm: Int
    /// Descriptors that all of them have.
    public var descriptors: Int
    /// Bytes of memory that the whole program uses: beyond that fewer stay warm, since a tenant that is asked for often
    /// keeps more and more pages, of a big file up to 2 MB.
    public var memory: Int

    /// Without the others only tenants are counted.
    public init(tenants: Int, warm: Int = .max, descriptors: Int = .max, memory: Int = .max) {
        self.tenants = tenants
        self.warm = warm
        self.descriptors = descriptors
        self.memory = memory
    }

    /// What stays once it was exceeded, so many parts of `divisor` less: whoever looks for what goes finds some at once.
    func reduced(by parts: Int, of divisor: Int) -> OpenLimit {
        func reduced(_ count: Int) -> Int { count - count / divisor * parts }
        return OpenLimit(
            tenants: reduced(tenants), warm: reduced(warm), descriptors: reduced(descriptors), memory: memory)
    }
}
