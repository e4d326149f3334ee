import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// The fields of a posted form, read within limits and only when the form is this session's own.
struct PostedForm: Sendable {
    /// LIMIT: bytes of a form without files.
    static let bytesMax = 256 * 1024
    /// LIMIT: fields of a form.
    static let fieldsMax = 2000
    /// What the forms' tokens are for: any form of this session.
    static let purpose = "form"

    private let fields: [String: [String]]

    /// Reads a form of somebody who is signed in; refuses another session's and another site's.
    init(_ request: Request, _ context: some DoorContext) async throws {
        try await self.init(unguarded: request)
        guard let session = context.site.session else { throw DoorRefusal.notSignedIn }
        try CSRF.verify(self["csrf"], for: Self.purpose, session: session)
    }

    /// Reads a form that anybody may post, from this site only.
    init(unguarded request: Request) async throws {
        guard Self.isSameOrigin(request) else { throw DoorRefusal.foreignOrigin }
        guard Self.isForm(request.headers[.contentType] ?? "") else { throw DoorRefusal.malformedForm }
        var body: [UInt8] = []
        for try await buffer in request.body {
            body += buffer.readableBytesView
            guard body.count <= Self.bytesMax else { throw UploadRefusal.fieldTooLarge }
        }
        guard let text = Self.text(body), let fields = Self.parse(text) else { throw DoorRefusal.malformedForm }
        self.fields = fields
    }

    init(fields: [String: [String]]) {
        self.fields = fields
    }

    /// The first value of a field, without white space around it; empty when it was not sent.
    subscript(name: String) -> String {
        fields[name]?.first?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
    }

    /// All values of a field.
    func all(_ name: String) -> [String] { fields[name] ?? [] }

    /// The fields whose names begin with a prefix, by the rest of the name.
    func group(_ prefix: String) -> [String: String] {
        var result: [String: String] = [:]
        for (name, values) in fields where name.hasPrefix(prefix) {
            let joined = values.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.joined(separator: ",")
            result[String(name.dropFirst(prefix.count))] = joined.replacingOccurrences(of: "\r\n", with: "\n")
        }
        return result
    }

    /// Browsers say where a form comes from; one that says another site is refused.
    static func isSameOrigin(_ request: Request) -> Bool {
        if let site = request.headers[.init("Sec-Fetch-Site") ?? .origin] {
            return site == "same-origin" || site == "none"
        }
        guard let origin = request.headers[.origin], origin != "null" else { return request.headers[.origin] == nil }
        return URL(string: origin).flatMap { url in
            url.host.map { host in url.port.map { "\(host):\($0)" } ?? host }
        } == request.head.authority
    }

    private static func isForm(_ contentType: String) -> Bool {
        let type = contentType.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces)
        return type.lowercased() == "application/x-www-form-urlencoded"
    }

    /// The text that bytes from outside say; nil for what is not UTF-8, and for a NUL, which no database keeps in a
    /// text.
    static func text(_ bytes: [UInt8]) -> String? {
        bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
    }

    /// `application/x-www-form-urlencoded`; nil for what is not well-formed or has too many fields.
    static func parse(_ body: String) -> [String: [String]]? {
        var fields: [String: [String]] = [:]
        var count = 0
        for pair in body.split(separator: "&") {
            count += 1
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard count <= fieldsMax, let name = decode(parts[0]), let value = decode(parts.count > 1 ? parts[1] : "")
            else { return nil }
            fields[name, default: []].append(value)
        }
        return fields
    }

    private static func decode(_ text: Substring) -> String? {
        let decoded = text.replacingOccurrences(of: "+", with: " ").removingPercentEncoding
        return decoded.flatMap { $0.utf8.contains(0) ? nil : $0 }
    }
}

extension Request {
    /// What the address asks under this name, as a browser writes a form into it; empty when it asks nothing, or
    /// nothing that can be read.
    func asked(_ name: String) -> String {
        fields?[name]?.first ?? ""
    }

    /// Everything that the address asks under this name.
    func askedAll(_ name: String) -> [String] { fields?[name] ?? [] }

    /// The same for a program, which is told when its address cannot be read.
    func strictlyAsked(_ name: String) throws -> String {
        guard let fields else { throw APIRefusal.malformed }
        return fields[name]?.first ?? ""
    }

    private var fields: [String: [String]]? { PostedForm.parse(uri.query ?? "") }
}
