import Foundation

/// JSON as it is written into the journal and under signatures: keys sorted, no white space, no escaped slashes. Equal
/// values give equal bytes in every process and on both databases.
package enum CanonicalJSON {
    /// The bytes of a value. A value that JSON cannot hold (a fraction that is not a number) is a bug.
    package static func bytes(of value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }

    /// The value in the bytes; throws `Fault.corrupt` without repeating what they hold.
    package static func value<Value: Decodable>(_ type: Value.Type = Value.self, in bytes: [UInt8]) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw Fault.corrupt("not a \(type) in JSON")
        }
    }
}
