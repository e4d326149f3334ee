import Catalogue
import Dossiers
import Exchange
package import Hall
import Vocabulary

extension Site {
    /// Files applications that come over links, as the API files those of partners: for `Hall.applications`.
    package var applications: @Sendable (IncomingApplication) async throws -> String {
        { try await FiledRecords(site: self).file($0) }
    }
}

/// An application that came over a link (`ow_apply`).
struct FiledRecords: Sendable {
    let site: Site

    /// LIMIT: characters of what a file is called that came without a name.
    private static let nameCharactersMax = 12

    /// Files it, and answers the number of the dossier. Refuses what the API refuses, the first gap of an application
    /// that is not complete, and a file that is not there or not the one that is named; early where the other side did
    /// not give a file just now.
    func file(_ coming: IncomingApplication) async throws -> String {
        do {
            return try await number(try await submit(coming))
        } catch let incomplete as ApplicationIncomplete {
            throw named(incomplete)
        } catch ApplicationRefusal.openAlready {
            // The same, taken twice at once, is open because it was filed.
            guard let outcome = try await site.hall.answered(coming.attempt, by: coming.partner.actor) else {
                throw ApplicationRefusal.openAlready
            }
            return try await number(outcome)
        }
    }

    private var words: Words { site.interior.tables.words(.portal, .zh) }

    private func submit(_ coming: IncomingApplication) async throws -> Outcome {
        let values = coming.record.values
        let body: ApplicationBody = try JSONReading.value(Array((values["form"]?.text ?? "").utf8))
        guard let item = try await site.hall.item(values["task_code"]?.text ?? "") else {
            throw CatalogueRefusal.itemNotFound
        }
        let filing = SentFiling(site: site, words: words, item: item, body: body)
        let asked = try ApplicationBody.files(body.materials ?? [])
        let awaited = try asked.map { try HandedIn($0.material, awaiting: $0.files) }
        let parties = try await filing.parties(coming.partner)
        // What is incomplete, or filed already, costs no file.
        var application = try await filing.application(of: parties, (awaited, [:]))
        application.draft.contents.materials = []
        for (material, files) in asked {
            var here: HandedIn?
            for digest in files {
                let (file, name) = try await handIn(digest, as: material, of: coming)
                here = here.map { $0.joined(with: file) } ?? file
                application.draft.contents.fileNames[digest] = name
            }
            if let here { application.draft.contents.materials.append(here) }
        }
        return try await filing.submit(application, of: parties, coming.attempt)
    }

    private func handIn(
        _ digest: String, as material: String, of coming: IncomingApplication
    ) async throws -> (HandedIn, name: String) {
        var kind: FileKind?
        let file = try await site.hall.handIn(digest, as: material, of: coming) { bytes in
            kind = FileKind(beginning: bytes.prefix(FileKind.sniffBytes))
            guard kind != nil else { throw UploadRefusal.unknownKind }
        }
        return (file, "\(digest.prefix(Self.nameCharactersMax)).\(kind?.rawValue ?? "")")
    }

    private func number(_ outcome: Outcome) async throws -> String {
        try await site.hall.open(outcome.dossier).dossier.submitted.numbers.number
    }

    /// The first gap by its code, and where it is.
    private func named(_ incomplete: ApplicationIncomplete) -> any Refusal {
        guard let gap = incomplete.gaps.first else { return incomplete }
        return RecordRefused(gap.code, incomplete.kind, message: "\(gap.place.pointer) \(gap.sentence(words))")
    }
}
