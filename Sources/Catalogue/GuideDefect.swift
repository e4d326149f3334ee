/// What is wrong with a guide or with what somebody filled in, where, and how to mend it.
package struct GuideDefect: Hashable, Sendable, Codable {
    /// Stable, `guide.…` for guides and `form.…` for answers.
    package let code: String
    /// The Swift name of the element, or the id of the material or field.
    package let element: String
    /// What is wrong.
    package let message: Bilingual
    /// What to do about it.
    package let mend: Bilingual

    init(_ code: String, _ element: String, _ message: Bilingual, mend: Bilingual) {
        self.code = code
        self.element = element
        self.message = message
        self.mend = mend
    }
}
