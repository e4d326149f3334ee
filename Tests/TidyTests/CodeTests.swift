import Testing

@Suite struct CodeTests {
    @Test func `every refusal lists its codes`() throws {
        let refusals = try RefusalEnum.all()
        #expect(refusals.count >= 2)
        for refusal in refusals {
            let (lists, codes) = (refusal.body.contains("static let codes"), refusal.codes)
            #expect(lists, "\(refusal.name) in \(refusal.path)")
            #expect(!codes.isEmpty, "\(refusal.name) in \(refusal.path)")
        }
    }

    @Test func `no code means two things`() throws {
        var owners: [String: String] = [:]
        for refusal in try RefusalEnum.all() {
            for code in refusal.codes.sorted() {
                #expect(owners[code] == nil, "\(code) is \(owners[code] ?? "")'s and \(refusal.name)'s")
                owners[code] = refusal.name
            }
        }
    }

    @Test func `every code stands in docs/codes.md, once there is one`() throws {
        guard let page = try House.text("docs/codes.md") else { return }
        for refusal in try RefusalEnum.all() {
            for code in refusal.codes.sorted() {
                #expect(page.contains("`\(code)`"), "\(code) of \(refusal.name) is not in docs/codes.md")
            }
        }
    }
}
