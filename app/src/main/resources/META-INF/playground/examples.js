// Somewhere to start.

const ACTIONS = "https://token.actions.githubusercontent.com";
const SUBJECT = "repo:octo-org@9919/octo-repo@1296269";
const DOMAIN = "sts.example.com";

const WORKFLOW = {
  iss: ACTIONS,
  sub: `${SUBJECT}:ref:refs/heads/main`,
  aud: DOMAIN,
  repository: "octo-org/octo-repo",
  repository_id: "1296269",
  ref: "refs/heads/main",
  event_name: "push",
  job_workflow_ref: "octo-org/octo-repo/.github/workflows/ci.yaml@refs/heads/main",
};

export const EXAMPLES = [
  {
    name: "GitHub Actions: a workflow on main",
    scope: "octo-org/octo-repo",
    claims: WORKFLOW,
    policy: `# .github/chainguard/ci.sts.yaml
issuer: ${ACTIONS}
subject: ${SUBJECT}:ref:refs/heads/main
claim_pattern:
  job_workflow_ref: octo-org/octo-repo/\\.github/workflows/ci\\.yaml@refs/heads/main
permissions:
  contents: read
  issues: write
`,
  },
  {
    name: "A release that comes from a branch",
    scope: "octo-org/octo-repo",
    claims: WORKFLOW,
    policy: `issuer: ${ACTIONS}
subject_pattern: ${SUBJECT}:ref:refs/tags/v[0-9]+\\.[0-9]+\\.[0-9]+
permissions:
  packages: write
`,
  },
  {
    name: "Two slips of the pen",
    scope: "octo-org/octo-repo",
    claims: WORKFLOW,
    policy: `issuer: ${ACTIONS}
subject: ${SUBJECT}:.*
permissions:
  pull-requests: write
`,
  },
  {
    name: "An organization: GitLab reads two repositories",
    scope: "octo-org",
    claims: {
      iss: "https://gitlab.com",
      sub: "project_path:octo-group/octo-project:ref_type:branch:ref:main",
      aud: DOMAIN,
      project_path: "octo-group/octo-project",
      ref_protected: "true",
    },
    policy: `issuer: https://gitlab.com
subject: project_path:octo-group/octo-project:ref_type:branch:ref:main
claim_pattern:
  ref_protected: "true"
permissions:
  contents: read
repositories:
  - octo-repo
  - octo-docs
`,
  },
].map((example) => ({ ...example, domain: DOMAIN, claims: JSON.stringify(example.claims, null, 2) }));
