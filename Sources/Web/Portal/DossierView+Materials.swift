import Certificates
import Dossiers
import Hall
import Vocabulary

/// What was handed in with a dossier.
extension DossierView {
    /// The same with what is true now of the certificates on which it stands and of the files that were handed in.
    func checked() async throws -> DossierView {
        var view = self
        view.checks = try await site.hall.checks(of: dossier)
        view.reports = try await site.hall.reports(on: dossier.materials)
        return view
    }

    /// What was handed in, each file with its link below `path`; certificates with what is true of them now, and for
    /// the staff with the way to open them while the case runs.
    func materials(_ html: inout HTML, below path: String) {
        html.facts { html in
            for id in dossier.submitted.terms.materials {
                let handedIn = dossier.materials.first { $0.material == id }
                html.fact(name(id)) { html in
                    let isReplaced = dossier.replacedMaterials.contains(id)
                    html.text(
                        handedIn.map(source)
                            ?? words[isReplaced ? Word("commitment.in-place") : Word("material.missing")])
                    for file in handedIn?.keptFiles ?? [] {
                        let name = dossier.personal?.fileNames[file.digest] ?? words["material.file"]
                        html.element("p") { html in
                            let place = "\(path)/files/\(file.digest)"
                            html.download(PageLink(name, place), kind: "", bytes: file.size)
                            html.verdict(reports[file.digest], site.verdicts, path: place + "/report")
                        }
                    }
                    if let check = checks.first(where: { $0.material == id }) { write(check, &html, path) }
                }
            }
        }
    }

    private func write(_ check: Hall.MaterialCheck, _ html: inout HTML, _ path: String) {
        let code = isForStaff && !dossier.hasEnded ? check.use?.code : nil
        html.check(
            check, on: site.hall.time.now().day, site.verdicts, path: code.map { "\(path)/certificates/\($0)" })
    }

    private func source(_ handedIn: HandedIn) -> String {
        switch handedIn.source {
        case .files(let files): words.count("material.files", files.count)
        case .certificate: words["material.from-library"]
        case .paper: words["material.paper"]
        case .answers: words["apply.form-made"]
        }
    }
}
