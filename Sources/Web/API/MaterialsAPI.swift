import Accounts
import Certificates
import Delivery
import Dossiers
import HTTPTypes
import Hall
import Hummingbird
import Vocabulary

/// `POST /api/v1/uploads`: a file before it is said what it is for; and what was handed in with a dossier.
struct MaterialsAPI {
    let site: Site

    private struct Upload: Encodable {
        let id: UploadID
        let digest: String
        let size: Int
        /// `pdf`, `ofd`, `jpeg` or `png`, by its bytes.
        let kind: String
        /// Until when it can be handed in.
        let keptUntil: String
    }

    /// The body is the file; `name` is what it is called.
    func upload(_ request: Request, _ context: AskerContext) async throws -> Response {
        if case .partner(let partner) = context.asker { try partner.require(.file) }
        let name = try request.strictlyAsked("name")
        guard name.count <= KeptUpload.nameCharactersMax else { throw APIRefusal.malformed }
        try await site.hall.requireRoom(forUploadOf: context.owner)
        let upload = site.hall.upload()
        for try await buffer in request.body { try await upload.append(Array(buffer.readableBytesView)) }
        guard upload.count > 0 else { throw UploadRefusal.empty }
        guard let kind = FileKind(beginning: upload.beginning) else {
            await upload.abandon()
            throw UploadRefusal.unknownKind
        }
        let (kept, until) = try await site.hall.keep(upload, named: name, of: context.owner)
        return try .json(
            Upload(
                id: kept.id, digest: kept.digest, size: kept.size, kind: kind.rawValue,
                keptUntil: until.description),
            status: .created)
    }

    private struct List: Encodable {
        struct Material: Encodable {
            struct File: Encodable {
                let digest: String
                let size: Int
                let name: String?
            }

            let material: String
            /// `files`, `certificate`, `paper` or `answers`.
            let source: String
            let files: [File]
        }

        let materials: [Material]
    }

    func list(_ request: Request, _ context: AskerContext) async throws -> Response {
        let dossier = try await context.open(site).dossier
        let names = dossier.personal?.fileNames ?? [:]
        return try .json(
            List(
                materials: dossier.materials.map { handedIn in
                    List.Material(
                        material: handedIn.material, source: handedIn.source.name,
                        files: handedIn.keptFiles.map {
                            List.Material.File(digest: $0.digest, size: $0.size, name: names[$0.digest])
                        })
                }))
    }

    /// `GET /api/v1/dossiers/{dossier}/files/{digest}`: a file that was handed in.
    func file(_ request: Request, _ context: AskerContext) async throws -> Response {
        let dossier = try await context.open(site).dossier
        var response = try await site.file(try context.parameters.require("digest"), of: dossier)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    struct Supply: JSONBody {
        static let members: [JSONShape.Member] = [
            .must("materials", .list(.body(ApplicationBody.Material.members), min: 1, max: Limits.uploadFilesMax))
        ]
        let materials: [ApplicationBody.Material]
    }

    /// `POST /api/v1/dossiers/{dossier}/materials`: what was asked for is handed in.
    func supply(_ request: Request, _ context: AskerContext) async throws -> Response {
        let id = try context.dossier()
        let bytes = try await JSONReading.bytes(request)
        let attempt = try Attempt(onDossier: request).sending(Array("materials \(id) ".utf8) + bytes)
        let supply: Supply = try JSONReading.value(bytes)
        let asked = try ApplicationBody.uploads(supply.materials)
        if let outcome = try await site.hall.answered(attempt, by: context.owner) {
            return try DeedsAPI.answer(outcome)
        }
        let performer = try await context.applicant(of: id, site)
        let materials: [HandedIn]
        do {
            materials = try await site.hall.uploads(asked.sorted { $0.material < $1.material }, of: context.owner)
                .materials
        } catch DraftRefusal.uploadNotFound {
            // The same, sent twice at once: the files are handed in already.
            guard let outcome = try await site.hall.answered(attempt, by: context.owner) else {
                throw DraftRefusal.uploadNotFound
            }
            return try DeedsAPI.answer(outcome)
        }
        let command = try await site.hall.supplying(materials, to: id)
        let handing = attempt.handingIn(asked.flatMap(\.files), of: context.owner)
        return try await DeedsAPI(site: site).perform(command, on: id, by: performer, handing)
    }
}

extension AskerContext {
    /// Whose uploads they are: a partner's, whichever official it speaks for.
    var owner: Actor {
        switch asker {
        case .guest(let guest): guest.session.holder.actor
        case .partner(let partner): .partner(partner.partner.id, officer: nil)
        }
    }
}

extension MaterialSource {
    fileprivate var name: String {
        switch self {
        case .files: "files"
        case .certificate: "certificate"
        case .paper: "paper"
        case .answers: "answers"
        }
    }
}
