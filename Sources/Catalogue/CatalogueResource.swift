import Foundation
import Vocabulary

/// The resource files of this room.
enum CatalogueResource {
    /// The bytes of a file; throws `Fault.misconfigured` when it is not beside the program.
    static func bytes(_ name: String) throws -> [UInt8] {
        guard let url = Bundle.module.url(forResource: "Resources/\(name)", withExtension: nil) else {
            throw Fault.misconfigured("resource \(name) is missing beside the program")
        }
        return Array(try Data(contentsOf: url))
    }

    /// The value in a file. A file that does not decode is `CatalogueRefusal.unreadable`, which names the file and the
    /// place.
    static func decoded<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
        try decoded(type, from: try bytes(name), file: name)
    }

    /// The value in bytes that came under a name.
    static func decoded<Value: Decodable>(
        _ type: Value.Type, from bytes: [UInt8], file name: String
    ) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch let error as DecodingError {
            throw CatalogueRefusal.unreadable(file: name, place: place(of: error))
        }
    }

    /// The names of the files in a folder, in alphabetical order.
    static func names(in folder: String) throws -> [String] {
        guard let url = Bundle.module.url(forResource: "Resources/\(folder)", withExtension: nil) else {
            throw Fault.misconfigured("resource folder \(folder) is missing beside the program")
        }
        return try FileManager.default.contentsOfDirectory(atPath: url.path).sorted().map { folder + "/" + $0 }
    }

    private static func place(of error: DecodingError) -> String {
        let (path, detail): ([any CodingKey], String) =
            switch error {
            case .keyNotFound(let key, let context): (context.codingPath + [key], "is missing")
            case .typeMismatch(_, let context): (context.codingPath, "has another type")
            case .valueNotFound(_, let context): (context.codingPath, "is null")
            case .dataCorrupted(let context): (context.codingPath, context.debugDescription)
            @unknown default: ([], "does not decode")
            }
        return path.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".") + " " + detail
    }
}
