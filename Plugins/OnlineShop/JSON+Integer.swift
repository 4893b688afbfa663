import ChannelKit

extension JSON {
    static func integer(_ value: Int64) -> JSON { .number(String(value)) }
}
