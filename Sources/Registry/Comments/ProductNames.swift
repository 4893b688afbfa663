/// What a channel calls its product by now; nil when it has no such product.
public typealias ProductNames = (_ channel: String, _ sku: String) throws -> String?
