import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import HTTPTypes
import Hall
import Hummingbird
import Vocabulary

/// A multipart form: its fields, and its files as they were kept. The files stream through; none is held whole.
struct UploadedForm {
    /// A file that was not taken, and why.
    struct Refused {
        let field: String
        let refusal: any Refusal
    }

    private(set) var form: PostedForm
    /// By material: the file as it is handed in, and its name.
    private(set) var files: [(field: String, file: HandedIn, name: String)] = []
    private(set) var refused: [Refused] = []

    /// Reads the body. The token against forged requests stands before the files, so that a foreign form uploads
    /// nothing.
    init(_ request: Request, _ context: some DoorContext, site: Site, filesLeft: Int) async throws {
        form = PostedForm(fields: [:])
        guard let type = request.headers[.contentType], var parser = Multipart(contentType: type) else {
            form = try await PostedForm(request, context)
            return
        }
        guard PostedForm.isSameOrigin(request) else { throw DoorRefusal.foreignOrigin }
        var reader = Reader(site: site, filesLeft: filesLeft, session: context.site.session)
        for try await buffer in request.body {
            for event in try parser.feed(buffer.readableBytesView) { try await reader.take(event) }
        }
        try parser.finish()
        guard reader.isGenuine else { throw LoginRefusal.forged }
        (form, files, refused) = (PostedForm(fields: reader.fields), reader.files, reader.refused)
    }

    /// The files by material, several of one joined.
    var handedIn: [HandedIn] {
        var result: [HandedIn] = []
        for (field, file, _) in files {
            if let index = result.firstIndex(where: { $0.material == field }) {
                result[index] = result[index].joined(with: file)
            } else {
                result.append(file)
            }
        }
        return result
    }

    private struct Reader {
        let site: Site
        var filesLeft: Int
        let session: SessionToken?
        var fields: [String: [String]] = [:]
        var files: [(field: String, file: HandedIn, name: String)] = []
        var refused: [Refused] = []
        var isGenuine = false
        private var name = ""
        private var fileName: String?
        private var value: [UInt8] = []
        private var upload: Upload?
        private var failure: (any Refusal)?

        init(site: Site, filesLeft: Int, session: SessionToken?) {
            (self.site, self.filesLeft, self.session) = (site, filesLeft, session)
        }

        mutating func take(_ event: Multipart.Event) async throws {
            switch event {
            case .begin(let name, let file):
                (self.name, fileName, value, failure) = (name, file, [], nil)
                upload = file == nil ? nil : site.hall.upload()
                if file != nil && !isGenuine { throw LoginRefusal.forged }
            case .data(let bytes):
                if let upload { return try await add(bytes, to: upload) }
                value += bytes
                guard value.count <= PostedForm.bytesMax else { throw UploadRefusal.fieldTooLarge }
            case .end:
                if let upload { return try await finish(upload) }
                guard let text = PostedForm.text(value) else { throw UploadRefusal.malformed }
                fields[name, default: []].append(text)
                if name == "csrf", let session {
                    try CSRF.verify(text, for: PostedForm.purpose, session: session)
                    isGenuine = true
                }
            }
        }

        private mutating func add(_ bytes: [UInt8], to upload: Upload) async throws {
            guard failure == nil else { return }
            do {
                try await upload.append(bytes)
            } catch let refusal as any Refusal {
                failure = refusal
            }
        }

        private mutating func finish(_ upload: Upload) async throws {
            guard let fileName, !fileName.isEmpty || upload.count > 0 else { return }
            if upload.count == 0 { failure = UploadRefusal.empty }
            if failure == nil, filesLeft <= 0 { failure = UploadRefusal.tooManyFiles }
            if failure == nil, FileKind(beginning: upload.beginning) == nil { failure = UploadRefusal.unknownKind }
            if let failure {
                await upload.abandon()
                refused.append(Refused(field: name, refusal: failure))
                return
            }
            filesLeft -= 1
            files.append((name, try await upload.handIn(as: name), String(fileName.suffix(120))))
        }
    }
}
