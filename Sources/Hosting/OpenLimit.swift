/// How much may be open at a time.
public struct OpenLimit: Sendable {
    /// Tenants whose databases are open.
    public var tenants: Int
    /// Of those, the ones that keep what makes their next change fast: compiled statements, and pages of the file.
    public var warm: Int
    /// Descriptors that all of them have.
    public var descriptors: Int

    /// Without the others only tenants are counted.
    public init(tenants: Int, warm: Int = .max, descriptors: Int = .max) {
        self.tenants = tenants
        self.warm = warm
        self.descriptors = descriptors
    }

    /// What stays once it was exceeded, so many parts of `divisor` less: whoever looks for what goes finds some at once.
    func reduced(by parts: Int, of divisor: Int) -> OpenLimit {
        func reduced(_ count: Int) -> Int { count - count / divisor * parts }
        return OpenLimit(tenants: reduced(tenants), warm: reduced(warm), descriptors: reduced(descriptors))
    }
}
