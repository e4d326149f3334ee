import Accounts
import Dossiers
import HTTPTypes
import Hummingbird
import Vocabulary

/// A calendar file as the office hands it in: uploaded, or as text when it was looked at before.
struct CalendarForm {
    let kind: CalendarDraft.Kind
    let source: String
    let announced: String
    /// The number of the edition after which its effect was shown; nil before that.
    let seen: Int?
    let bytes: [UInt8]

    /// Nothing filled in yet.
    init(announced: CivilDate) {
        (kind, source, self.announced, seen, bytes) = (.schedule, "", "\(announced)", nil, [])
    }

    /// Reads a form of somebody who is signed in; refuses another session's and another site's.
    init(_ request: Request, _ context: some DoorContext) async throws {
        let read: (form: PostedForm, file: [UInt8])
        if let type = request.headers[.contentType], let parser = Multipart(contentType: type) {
            read = try await Self.multipart(request, parser, context.site)
        } else {
            read = (try await PostedForm(request, context), [])
        }
        guard let kind = CalendarDraft.Kind(rawValue: read.form["kind"]) else { throw DoorRefusal.malformedForm }
        (self.kind, source, announced) = (kind, read.form["source"], read.form["announced"])
        seen = Int(read.form["seen"])
        bytes = read.file.isEmpty ? Array(read.form["text"].utf8) : read.file
    }

    private static func multipart(
        _ request: Request, _ multipart: Multipart, _ site: SiteContext
    ) async throws -> (PostedForm, [UInt8]) {
        guard PostedForm.isSameOrigin(request) else { throw DoorRefusal.foreignOrigin }
        var parser = multipart
        var reader = Reader()
        for try await buffer in request.body {
            for event in try parser.feed(buffer.readableBytesView) { try reader.take(event, site.session) }
        }
        try parser.finish()
        guard reader.isGenuine else { throw LoginRefusal.forged }
        return (PostedForm(fields: reader.fields), reader.file)
    }

    /// What it says, on its paper. Throws what reading it throws, and `DoorRefusal.malformedForm` for a day that is
    /// none.
    func draft() throws -> CalendarDraft {
        guard let day = CivilDate(announced) else { throw DoorRefusal.malformedForm }
        return try CalendarDraft(bytes, as: kind, on: .init(source: source, announcedOn: day))
    }

    private struct Reader {
        var fields: [String: [String]] = [:]
        var file: [UInt8] = []
        var isGenuine = false
        private var name = ""
        private var isFile = false
        private var value: [UInt8] = []

        mutating func take(_ event: Multipart.Event, _ session: SessionToken?) throws {
            switch event {
            case .begin(let name, let file):
                (self.name, isFile, value) = (name, file != nil, [])
                // The token against forged requests stands before the file.
                if isFile && !isGenuine { throw LoginRefusal.forged }
            case .data(let bytes):
                value += bytes
                guard value.count <= CalendarDraft.bytesMax else {
                    throw isFile ? CalendarRefusal.tooLong : UploadRefusal.fieldTooLarge
                }
            case .end:
                if isFile { return file = value }
                guard let text = PostedForm.text(value) else { throw UploadRefusal.malformed }
                fields[name, default: []].append(text)
                if name == "csrf", let session {
                    try CSRF.verify(text, for: PostedForm.purpose, session: session)
                    isGenuine = true
                }
            }
        }
    }
}
