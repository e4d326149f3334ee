/// What a guide says of one element, as every channel shows it.
package struct GuideStatement: Sendable {
    package let element: GuideElement
    /// Line by line; empty when it says nothing.
    package let lines: [Bilingual]
    /// Whether any of it was made up for the demonstration, so that 示例 stands beside it.
    package let isDemonstration: Bool
    /// Whether it rests on a legal basis whose article was not checked, so that 待核 stands beside it.
    package let isUnchecked: Bool

    init(_ element: GuideElement, in guide: Guide, _ tables: CodeTables) {
        (self.element, lines) = (element, element.lines(of: guide, tables: tables))
        isDemonstration = !lines.isEmpty && guide.factSources(of: element.key).contains(.demonstration)
        let isBasis = element.key == "legalBases"
        isUnchecked =
            isBasis
            ? guide.standard.legalBases.contains { !$0.checked }
            : guide.basisIDs(of: element.key).contains { guide.basis($0)?.checked == false }
    }
}

extension Guide {
    /// What it says of all elements in their order, of some of them nothing.
    package func statements(_ tables: CodeTables) -> [GuideStatement] {
        GuideElement.all.map { GuideStatement($0, in: self, tables) }
    }

    /// What it says in each group of elements; elements of which it says nothing are left out, and so are groups.
    package func statementsByGroup(
        _ tables: CodeTables
    ) -> [(group: GuideElement.Group, statements: [GuideStatement])] {
        let said = statements(tables).filter { !$0.lines.isEmpty }
        return GuideElement.Group.allCases.map { group in (group, said.filter { $0.element.group == group }) }
            .filter { !$0.1.isEmpty }
    }
}
