/// 帮办代办: what a member of staff does in somebody else's matter, on that person's written authority.
package struct Assisting: Hashable, Sendable, Codable {
    /// Whose matter it is and remains.
    package let applicant: PersonID
    /// Under which authority.
    package let authority: AssistanceID

    package init(applicant: PersonID, authority: AssistanceID) {
        self.applicant = applicant
        self.authority = authority
    }
}
