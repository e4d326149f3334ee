import Foundation
import Vocabulary

/// What goes with every pack: the program that verifies it, and what it is.
package enum EvidenceKit {
    private static let names = ["README.txt", "verify.py"]

    /// Names and bytes.
    static func files() throws -> [(name: String, bytes: [UInt8])] {
        try names.map { name in (name, try bytes(of: name)) }
    }

    /// The program that verifies packs, for whoever wants it apart from one.
    package static func verifier() throws -> [UInt8] { try bytes(of: "verify.py") }

    private static func bytes(of name: String) throws -> [UInt8] {
        guard let url = Bundle.module.url(forResource: "Resources/evidence/\(name)", withExtension: nil) else {
            throw Fault.misconfigured("resource \(name) is missing beside the program")
        }
        return Array(try Data(contentsOf: url))
    }
}
