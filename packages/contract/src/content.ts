// oxlint-disable-next-line unicorn/require-module-specifiers -- its endpoints follow
export {}
