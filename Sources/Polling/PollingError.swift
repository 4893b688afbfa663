/// The kernel grants no descriptor.
package struct PollingError: Error, Equatable {
    package let call: String
    /// As in errno.h.
    package let code: Int32
}
