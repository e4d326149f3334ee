import Crypto

/// Whether a template can be printed for each paper of its kind.
struct TemplateCheck {
    /// What a text may name beside the particulars of the kind.
    static let standing: Set<String> = ["body", "number", "day"]

    let template: PaperTemplate

    init(_ template: PaperTemplate) {
        self.template = template
    }

    func run() throws(PaperRefusal) {
        guard let kind = PaperKind.named(template.kind) else { throw .templateUnfit("no kind \(template.kind)") }
        guard template.version >= 1 else { throw .templateUnfit("version \(template.version)") }
        for (id, term) in template.terms where term.zh.isEmpty || term.en.isEmpty {
            throw .templateUnfit("the term \(id) is empty")
        }
        try check(template.zh, of: kind, isChinese: true)
        try check(template.en, of: kind, isChinese: false)
    }

    private func check(_ text: PaperTemplate.Text, of kind: PaperKind, isChinese: Bool) throws(PaperRefusal) {
        guard !text.title.isEmpty else { throw .templateUnfit("no title") }
        let shapes = Dictionary(uniqueKeysWithValues: kind.particulars.map { ($0.id, $0.shape) })
        var named: Set<String> = []
        for block in text.blocks {
            for id in try names(in: block) where !Self.standing.contains(id) {
                guard shapes[id] == .text || shapes[id] == .day else { throw .templateUnfit("{\(id)}") }
                named.insert(id)
            }
            if let id = block.of {
                guard let shape = shapes[id], Self.suits(block, shape) else { throw .templateUnfit("of \(id)") }
                if block.type != .heading { named.insert(id) }
            }
        }
        for particular in kind.particulars where particular.isRequired && !named.contains(particular.id) {
            // The English text calls those by their English name that have one.
            throw .templateUnfit("\(isChinese ? "zh" : "en") does not say \(particular.id)")
        }
        try count(text.blocks.map(\.type), kind, isChinese: isChinese)
    }

    private static func suits(_ block: PaperTemplate.Block, _ shape: Particular.Shape) -> Bool {
        switch (block.type, shape) {
        case (.list, .list), (.heading, _): true
        case (.table, .table(let columns)): block.columns?.count == columns + 1
        default: false
        }
    }

    /// The parts that the law and the eye want, each once, and none of the others'.
    private func count(_ types: [PaperTemplate.Block.Kind], _ kind: PaperKind, isChinese: Bool) throws(PaperRefusal) {
        func expect(_ type: PaperTemplate.Block.Kind, _ wanted: Int) throws(PaperRefusal) {
            let found = types.filter { $0 == type }.count
            guard found == wanted else { throw .templateUnfit("\(found) times \(type.rawValue)") }
        }
        try expect(.remedies, kind.isAdverse ? 1 : 0)
        guard isChinese else { return }
        try expect(.title, 1)
        try expect(.number, 1)
        try expect(.masthead, kind.seal == nil && kind != .serviceRecord && kind != .hearingRecord ? 0 : 1)
        try expect(.signature, kind.seal == nil ? 0 : 1)
        try expect(.receipt, kind.isServed ? 1 : 0)
        if kind.seal == nil { try expect(.signers, 1) }
    }

    /// The particulars that a block's texts name. Refuses a brace that is not closed, and a block that lacks what its
    /// type needs.
    private func names(in block: PaperTemplate.Block) throws(PaperRefusal) -> [String] {
        var texts: [String] = []
        switch block.type {
        case .masthead, .number, .title, .signature: break
        case .addressee, .paragraph, .heading, .remedies, .closing, .note:
            guard let text = block.text, !text.isEmpty else { throw .templateUnfit("an empty \(block.type.rawValue)") }
            texts = [text]
        case .list, .table:
            guard block.of != nil else { throw .templateUnfit("a \(block.type.rawValue) of nothing") }
            guard block.columns?.allSatisfy({ $0.share > 0 }) ?? true else { throw .templateUnfit("a column's share") }
        case .facts:
            guard let facts = block.facts, !facts.isEmpty, facts.allSatisfy({ $0.count == 2 }) else {
                throw .templateUnfit("facts without pairs")
            }
            texts = facts.flatMap { $0 }
        case .signers, .receipt:
            guard let labels = block.labels, !labels.isEmpty else { throw .templateUnfit("nobody signs") }
            guard block.type == .signers || block.text?.isEmpty == false else { throw .templateUnfit("a receipt") }
            texts = [block.text ?? ""]
        }
        var names: [String] = []
        for text in texts { names += try PaperFilling.pieces(of: text).compactMap(\.name) }
        return names
    }
}

/// The digest of a template's bytes.
enum TemplateDigest {
    static func of(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
