import Accounts
import Catalogue
import Certificates
import Dossiers
import Foundation
import Hall
import Hummingbird
import Vocabulary

/// What is handed in: ticked and locked where the library holds it, uploaded otherwise.
struct ApplyMaterials {
    let site: Site
    private var desk: ApplicationDesk { ApplicationDesk(site: site) }

    func get(_ request: Request, _ context: PortalContext) async throws -> Response {
        try await show(try await desk.open(context), context, errors: [])
    }

    func post(_ request: Request, _ context: PortalContext) async throws -> Response {
        var application = try await desk.open(context)
        let upload = try await UploadedForm(
            request, context, site: site, filesLeft: Limits.uploadFilesMax - application.fileCount)
        let wanted = application.asked.map(\.id)
        for (material, file, name) in upload.files where wanted.contains(material) {
            application.add(file, to: material, named: name)
        }
        if let removed = upload.form.all("remove").first { application.remove(removed) }
        application.draft.contents.lagging = upload.form.all("lagging")
        try await site.hall.save(application.draft)
        let words = site.visit(context, .portal).words
        var errors = upload.refused.map { FieldError($0.field, site.refusals[$0.refusal.code, words].what) }
        if upload.form.all("remove").isEmpty, upload.files.isEmpty || errors.isEmpty {
            errors += application.missing.map {
                FieldError($0.id, words("apply.material-missing", ["name": words.pick($0.name)]))
            }
        }
        let staysHere = !upload.form.all("remove").isEmpty || !errors.isEmpty
        return staysHere
            ? try await show(application, context, errors: errors)
            : .seeOther(Paths.draft(application.draft.id, application.after("materials")))
    }

    /// `GET /drafts/{draft}/files/{digest}`: a file that is kept with the draft.
    func file(_ request: Request, _ context: PortalContext) async throws -> Response {
        let application = try await desk.open(context)
        return try await site.file(
            try context.parameters.require("digest"), among: application.draft.contents.materials)
    }

    private func show(
        _ application: Application, _ context: PortalContext, errors: [FieldError]
    ) async throws -> Response {
        let words = site.visit(context, .portal).words
        let verdicts = try await site.hall.reports(on: application.draft.contents.materials)
            .compactMapValues { FileReportText($0, words, site.verdicts).tagOfUpload }
        return desk.page(application, "materials", context, errors: errors, hasFiles: true) { html in
            html.needs(
                application.asked.filter { application.held[$0.id] != nil || $0.isTheForm }.map { material in
                    let by = application.held[material.id].map {
                        words("need.certificate", ["number": $0.identifier.serial])
                    }
                    return NeedRow(
                        words.pick(material.name), detail: "",
                        standing: by.map(NeedRow.Standing.held) ?? .made(words["apply.form-made"]))
                })
            for material in application.asked where application.held[material.id] == nil && !material.isTheForm {
                let error = errors.first { $0.field == material.id }?.sentence
                if let unfit = application.unfit[material.id] {
                    html.banner(.warning, words.pick(material.name)) { $0.paragraph(words.why(unfit)) }
                }
                html.field(
                    Field(
                        material.id, words.pick(material.name),
                        .files(
                            [".pdf", ".ofd", ".jpg", ".png"], max: 5, kept: application.kept(material.id, verdicts)),
                        hint: words.pick(material.acceptanceStandard), answer: Answer("", error: error)))
            }
            let mayFollow = application.mayFollow
            if !mayFollow.isEmpty {
                html.field(
                    Field(
                        "lagging", words["tolerance.may-follow"],
                        .choices(mayFollow.map { Option($0.id, words.pick($0.name)) }),
                        hint: words["tolerance.may-follow-hint"]
                    ).with { field in
                        field.answer.values = application.draft.contents.lagging ?? []
                        field.isOptional = true
                    })
            }
            html.button(words["apply.continue"])
        }
    }
}

extension Application {
    var fileCount: Int { draft.contents.materials.reduce(0) { $0 + $1.keptFiles.count } }

    /// Materials that nobody has handed in yet and that do not follow later either.
    var missing: [MaterialSpec] {
        let present = Set(handedIn.map(\.material) + laggingSpecs.map(\.id))
        return asked.filter { !present.contains($0.id) }
    }

    /// The materials that may follow (容缺后补) and that the library does not hold.
    var mayFollow: [MaterialSpec] {
        asked.filter { $0.necessity == .mayFollow && held[$0.id] == nil && !$0.isTheForm }
    }

    /// Those that the applicant wants to hand in later and has not handed in.
    var laggingSpecs: [MaterialSpec] {
        let present = Set(handedIn.map(\.material))
        return mayFollow.filter { draft.contents.lagging?.contains($0.id) == true && !present.contains($0.id) }
    }

    func kept(_ material: String, _ verdicts: [String: Tag] = [:]) -> [KeptFile] {
        let files = draft.contents.materials.first { $0.material == material }?.keptFiles ?? []
        return files.map { file in
            let name = draft.contents.fileNames[file.digest] ?? file.digest
            let path = Paths.draft(draft.id, "files/\(file.digest)")
            var kept = KeptFile(id: file.digest, link: PageLink(name, path), bytes: file.size)
            kept.verdict = verdicts[file.digest].map { KeptFile.Verdict(tag: $0, href: path + "/report") }
            return kept
        }
    }

    mutating func add(_ file: HandedIn, to material: String, named name: String) {
        let before = draft.contents.materials.first { $0.material == material }
        draft.contents.materials.removeAll { $0.material == material }
        draft.contents.materials.append(before.map { $0.joined(with: file) } ?? file)
        for kept in file.keptFiles { draft.contents.fileNames[kept.digest] = name }
    }

    mutating func remove(_ digest: String) {
        draft.contents.materials = draft.contents.materials.compactMap { $0.without(digest) }
        draft.contents.fileNames[digest] = nil
    }
}
