import Foundation

/// Texts as C wants a list of them: pointers, the last of them null.
final class CStrings {
    private let copies: [UnsafeMutablePointer<CChar>?]

    init(_ texts: [String]) { copies = texts.map { strdup($0) } }

    deinit { for copy in copies { free(copy) } }

    /// Good as long as this object is.
    var pointers: [UnsafePointer<CChar>?] { copies.map { UnsafePointer($0) } + [nil] }
}
